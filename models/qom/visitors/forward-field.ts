import type { Name, Visitor } from './visitor.js';

/**
 * A visitor that knows one field of another by a different name: an alias visits under its own name what the target's property visits
 * under that one's. Names inside of structures stay as they are.
 *
 * Upstream: qapi/qapi-forward-visitor.c:visitor_forward_field.
 */
export function forwardField(visitor: Visitor, from: string, to: string): Visitor {
  let depth = 0;
  const map = (name: Name) => (depth === 0 && name === from ? to : name);
  return {
    direction: visitor.direction,
    bool: (name, value) => visitor.bool(map(name), value),
    int64: (name, value) => visitor.int64(map(name), value),
    uint64: (name, value) => visitor.uint64(map(name), value),
    size: (name, value) => visitor.size(map(name), value),
    str: (name, value) => visitor.str(map(name), value),
    startStruct(name) {
      const error = visitor.startStruct(map(name));
      if (error === undefined) depth++;
      return error;
    },
    checkStruct: () => visitor.checkStruct(),
    endStruct() {
      depth--;
      visitor.endStruct();
    },
    startList(name) {
      const error = visitor.startList(map(name));
      if (error === undefined) depth++;
      return error;
    },
    nextElement: (more) => visitor.nextElement(more),
    endList() {
      depth--;
      visitor.endList();
    },
    optional: (name, present) => visitor.optional(map(name) ?? name, present),
  };
}
