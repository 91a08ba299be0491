import { describe, expect, it } from 'vitest';
import {
  type AnyShape,
  boolShape,
  enumShape,
  integerShape,
  intShape,
  listShape,
  type Option,
  OptsInput,
  optional,
  QemuError,
  type QObject,
  QObjectInput,
  QObjectOutput,
  type Shape,
  StringInput,
  StringOutput,
  sizeShape,
  stringShape,
  structShape,
  unionShape,
  type Visitor,
} from '../../../../models/index.js';

/** What an input visitor makes of something: the value, or the text of the error. */
function read(shape: AnyShape, visitor: Visitor, name?: string): unknown {
  const value = shape(visitor, name, undefined as never);
  return value instanceof QemuError ? value.desc : value;
}

const limits = structShape({ 'iops-total': optional(intShape), 'bps-total': optional(intShape) });
const backend = structShape({
  id: stringShape,
  size: sizeShape,
  share: optional(boolShape),
  policy: optional(enumShape(['default', 'bind'])),
  'host-nodes': optional(listShape(integerShape(16, false))),
  limits: optional(limits),
});
const socket = unionShape('type', {
  inet: { host: stringShape, port: intShape },
  unix: { path: stringShape },
});

describe('QObjectInput', () => {
  const json = (shape: AnyShape, value: QObject) => read(shape, new QObjectInput(value));

  it('should read what fits', () => {
    const whole = { id: 'm', size: 4096, share: true, policy: 'bind', 'host-nodes': [0, 3] };
    expect(json(backend, { ...whole, limits: { 'iops-total': 5 } })).toEqual({
      ...whole,
      limits: { 'iops-total': 5 },
    });
    expect(json(socket, { type: 'inet', host: 'h', port: 80 })).toEqual({
      type: 'inet',
      host: 'h',
      port: 80,
    });
  });

  it.each<[string, AnyShape, QObject]>([
    ["Parameter 'size' is missing", backend, { id: 'm' }],
    ["Parameter 'nope' is unexpected", backend, { id: 'm', size: 1, nope: 1 }],
    ["Parameter 'size' expects uint64", backend, { id: 'm', size: '1G' }],
    ["Invalid parameter type for 'id', expected: string", backend, { id: 3, size: 1 }],
    [
      "Invalid parameter type for 'share', expected: boolean",
      backend,
      { id: 'm', size: 1, share: 1 },
    ],
    [
      "Parameter 'policy' does not accept value 'zzz'",
      backend,
      { id: 'm', size: 1, policy: 'zzz' },
    ],
    [
      "Invalid parameter type for 'host-nodes', expected: array",
      backend,
      { id: 'm', size: 1, 'host-nodes': 7 },
    ],
    [
      "Parameter 'host-nodes[1]' expects uint64",
      backend,
      { id: 'm', size: 1, 'host-nodes': [1, 'a'] },
    ],
    ["Parameter 'null' expects uint16_t", backend, { id: 'm', size: 1, 'host-nodes': [1, 70000] }],
    [
      "Invalid parameter type for 'limits', expected: object",
      backend,
      { id: 'm', size: 1, limits: 5 },
    ],
    ["Parameter 'limits.nope' is unexpected", backend, { id: 'm', size: 1, limits: { nope: 5 } }],
    [
      "Invalid parameter type for 'limits.iops-total', expected: integer",
      backend,
      { id: 'm', size: 1, limits: { 'iops-total': 'q' } },
    ],
    [
      "Invalid parameter type for 'limits.iops-total', expected: integer",
      backend,
      { id: 'm', size: 1, limits: { 'iops-total': 1.5 } },
    ],
    ["Parameter 'type' does not accept value 'vsock'", socket, { type: 'vsock' }],
    ["Parameter 'path' is missing", socket, { type: 'unix' }],
    ["Parameter 'port' is unexpected", socket, { type: 'unix', path: '/s', port: 1 }],
  ])('should say: %s', (text, shape, value) => {
    expect(json(shape, value)).toBe(text);
  });

  it('should take negative numbers for unsigned ones of 64 bits, and text for scalars if asked', () => {
    expect(json(sizeShape, -1)).toBe(2 ** 64);
    const text = (shape: AnyShape, value: QObject) => {
      const visitor = new QObjectInput({ x: value }, 'text');
      visitor.startStruct(undefined);
      return read(shape, visitor, 'x');
    };
    expect(text(boolShape, 'on')).toBe(true);
    expect(text(boolShape, 'yes')).toBe("Parameter 'x' expects 'on' or 'off'");
    expect(text(intShape, '0x10')).toBe(16);
    expect(text(intShape, '1x')).toBe("Parameter 'x' expects integer");
    expect(text(sizeShape, '1.5M')).toBe(1572864);
    expect(text(integerShape(32, false), '99999999999')).toBe("Parameter 'x' expects uint32_t");
    expect(text(stringShape, { y: 'z' })).toBe("Parameters 'x.*' are unexpected");
  });
});

describe('QObjectOutput', () => {
  it('should write what an input visitor reads back', () => {
    const value = {
      id: 'm',
      size: 4096,
      share: false,
      policy: 'default' as const,
      'host-nodes': [1, 2],
      limits: { 'bps-total': 7 },
    };
    const output = new QObjectOutput();
    backend(output, undefined, value);
    expect(output.result).toEqual(value);
    expect(read(backend, new QObjectInput(output.result))).toEqual(value);
    const union = new QObjectOutput();
    socket(union, undefined, { type: 'unix', path: '/s' });
    expect(union.result).toEqual({ type: 'unix', path: '/s' });
  });
});

describe('StringInput', () => {
  const text = (shape: AnyShape, value: string) => read(shape, new StringInput(value), 'x');
  const ints = listShape(intShape);

  it.each<[unknown, AnyShape, string]>([
    [true, boolShape, 'yes'],
    [false, boolShape, 'off'],
    ["Parameter 'x' expects 'on' or 'off'", boolShape, 'maybe'],
    [-8, intShape, '-010'],
    ["Parameter 'x' expects int64", intShape, '9223372036854775808'],
    ["Parameter 'x' expects int64", intShape, ''],
    ["Parameter 'x' expects uint64", integerShape(64, false), '-1'],
    [255, integerShape(8, false), '0xff'],
    ["Parameter 'x' expects int8_t", integerShape(8, true), '128'],
    [2 ** 30, sizeShape, '1G'],
    ["Parameter 'x' expects a non-negative number below 2^64", sizeShape, '16E'],
    ["Parameter 'x' expects a non-negative number below 2^64", sizeShape, '1Q'],
    ["Parameter 'x' does not accept value 'c'", enumShape(['a', 'b']), 'c'],
    [[], ints, ''],
    [[-1, 0, 1, 7], ints, '-1-1,7'],
    ["Parameter 'null' expects list of int64 values or ranges", ints, '3-1'],
    ["Parameter 'null' expects list of int64 values or ranges", ints, '0-65536'],
    ["Invalid parameter type for 'x', expected: object", limits, 'a'],
  ])('should read %s', (result, shape, value) => {
    expect(text(shape, value)).toEqual(result);
  });
});

describe('StringOutput', () => {
  function write<T>(shape: Shape<T>, value: T): string {
    const output = new StringOutput();
    shape(output, 'x', value);
    return output.text;
  }

  it('should write scalars, lists with ranges, and nothing of structures', () => {
    expect(write(boolShape, true)).toBe('true');
    expect(write(sizeShape, 4096)).toBe('4096');
    expect(write(stringShape, 'a')).toBe('a');
    expect(write(listShape(intShape), [5, 1, 2, 3, 2])).toBe('1-3,5');
    expect(write(limits, { 'iops-total': 1 })).toBe('<omitted>');
  });
});

describe('OptsInput', () => {
  const member = (shape: AnyShape, ...options: Option[]) => {
    const visitor = new OptsInput(options);
    visitor.startStruct();
    return read(shape, visitor, 'x');
  };

  it.each<[unknown, AnyShape, Option[]]>([
    ["Parameter 'x' expects a size value", sizeShape, [['x', '1Q']]],
    [1048576, sizeShape, [['x', '1M']]],
    ["Parameter 'x' expects 'on' or 'off'", boolShape, [['x', 'maybe']]],
    ["Parameter 'x' expects an int64 value", intShape, [['x', '1k']]],
    [
      "Parameter 'x' expects a uint64 value or range",
      listShape(integerShape(64, false)),
      [['x', '0-x']],
    ],
    [
      [1, 4, 5],
      listShape(intShape),
      [
        ['x', '1'],
        ['x', '4-5'],
      ],
    ],
    ["Parameter 'x' is missing", intShape, [['y', '1']]],
    [
      2,
      intShape,
      [
        ['x', '1'],
        ['x', '2'],
      ],
    ],
  ])('should read %s', (result, shape, options) => {
    expect(member(shape, ...options)).toEqual(result);
  });

  it('should refuse what nobody asked for', () => {
    const memory = structShape({ id: stringShape, share: optional(boolShape) });
    expect(read(memory, new OptsInput([['id', 'm']]))).toEqual({ id: 'm' });
    const extra: Option[] = [
      ['id', 'm'],
      ['nope', '3'],
    ];
    expect(read(memory, new OptsInput(extra))).toBe("Invalid parameter 'nope'");
  });
});
