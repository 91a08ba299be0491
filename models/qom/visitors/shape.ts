import { failed, invalidValue, notAccepted, type QemuError } from '../error.js';
import { fits } from './parse.js';
import type { Name, Visited, Visitor } from './visitor.js';

/**
 * How values of a type are visited: what upstream generates from the QAPI schema as `visit_type_…`. An input visitor does not look at
 * the value that it is given.
 */
export type Shape<T> = (visitor: Visitor, name: Name, value: T) => Visited<T>;

/** A shape of whatever values. */
export type AnyShape = (visitor: Visitor, name: Name, value: never) => unknown;

/** The value that a shape is of. */
type Of<S> = S extends Shape<infer T> ? T : never;

export const boolShape: Shape<boolean> = (visitor, name, value) => visitor.bool(name, value);
export const intShape: Shape<number> = (visitor, name, value) => visitor.int64(name, value);
export const sizeShape: Shape<number> = (visitor, name, value) => visitor.size(name, value);
export const stringShape: Shape<string> = (visitor, name, value) => visitor.str(name, value);

/** An integer of 8, 16, 32 or 64 bits. Upstream: qapi/qapi-visit-core.c:visit_type_intN, visit_type_uintN. */
export function integerShape(bits: 8 | 16 | 32 | 64, signed: boolean): Shape<number> {
  const type = `${signed ? '' : 'u'}int${bits}_t`;
  return (visitor, name, value) => {
    const visited = signed ? visitor.int64(name, value) : visitor.uint64(name, value);
    if (failed(visited) || bits === 64 || fits(BigInt(visited), bits, signed)) return visited;
    return invalidValue(name ?? 'null', type);
  };
}

/** One of some names. Upstream: qapi/qapi-visit-core.c:input_type_enum, output_type_enum. */
export function enumShape<const T extends string>(names: readonly T[]): Shape<T> {
  return (visitor, name, value) => {
    const visited = visitor.str(name, value);
    if (failed(visited)) return visited;
    const known = names.find((each) => each === visited);
    return known ?? notAccepted(name ?? 'null', visited);
  };
}

/** All elements of one shape. */
export function listShape<T>(element: Shape<T>): Shape<readonly T[]> {
  return (visitor, name, value) => {
    const error = visitor.startList(name);
    if (error !== undefined) return error;
    const elements = visitElements(visitor, element, value);
    visitor.endList();
    return elements;
  };
}

/** A member that may be absent. */
export interface Optional<S extends AnyShape> {
  readonly optional: S;
}

/** The members of a structure, in the order in which they are visited. */
export type Members = Readonly<Record<string, AnyShape | Optional<AnyShape>>>;

/** The structure with some members. */
export type Structure<M extends Members> = {
  readonly [K in keyof M as M[K] extends AnyShape ? K : never]: Of<M[K]>;
} & {
  readonly [K in keyof M as M[K] extends AnyShape ? never : K]?: M[K] extends Optional<infer S>
    ? Of<S>
    : never;
};

export function optional<S extends AnyShape>(shape: S): Optional<S> {
  return { optional: shape };
}

/** A structure. Members that nobody knows are errors. */
export function structShape<const M extends Members>(members: M): Shape<Structure<M>> {
  return (visitor, name, value) =>
    visitStruct(visitor, name, () => visitMembers(visitor, members, value));
}

/**
 * A flat union: one member says which others there are.
 *
 * @param discriminator - the name of that member
 * @param branches - the other members, by its value
 */
export function unionShape(
  discriminator: string,
  branches: Readonly<Record<string, Members>>,
): Shape<Readonly<Record<string, unknown>>> {
  const tag = enumShape(Object.keys(branches));
  return (visitor, name, value) =>
    visitStruct(visitor, name, () => {
      // An input visitor is given no value, whatever the type says.
      const given = value as typeof value | undefined;
      const branch = tag(visitor, discriminator, given?.[discriminator] as string);
      if (failed(branch)) return branch;
      const rest = visitMembers(visitor, branches[branch] ?? {}, value);
      return failed(rest) ? rest : { [discriminator]: branch, ...rest };
    });
}

function visitStruct<T>(visitor: Visitor, name: Name, body: () => Visited<T>): Visited<T> {
  const error = visitor.startStruct(name);
  if (error !== undefined) return error;
  const visited = body();
  const unexpected = failed(visited) ? undefined : visitor.checkStruct();
  visitor.endStruct();
  return unexpected ?? visited;
}

function visitMembers<T>(visitor: Visitor, members: Members, value: T): Visited<T> {
  const given = value as Readonly<Record<string, unknown>> | undefined;
  const made: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    if ('optional' in member && !visitor.optional(name, given?.[name] !== undefined)) continue;
    const shape = 'optional' in member ? member.optional : member;
    const visited: unknown = shape(visitor, name, given?.[name] as never);
    if (failed(visited)) return visited;
    made[name] = visited;
  }
  return made as T;
}

function visitElements<T>(
  visitor: Visitor,
  element: Shape<T>,
  value: readonly T[] | undefined,
): readonly T[] | QemuError {
  const made: T[] = [];
  while (visitor.nextElement(made.length < (value?.length ?? 0))) {
    const visited = element(visitor, undefined, value?.[made.length] as T);
    if (failed(visited)) return visited;
    made.push(visited);
  }
  return made;
}
