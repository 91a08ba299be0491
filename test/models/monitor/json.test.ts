import { describe, expect, it } from 'vitest';
import { failed, parseJson } from '../../../models/index.js';

/** What some text comes to: values, and errors by their text. */
function parsed(text: string): unknown[] {
  return [...parseJson(text)].map((each) => (failed(each) ? `error: ${each.desc}` : each));
}

describe('JSON as the monitor reads it', () => {
  it.each<[string, unknown]>([
    ['{}', {}],
    ['[]', []],
    ['null', null],
    [
      '{"a": [1, -2.5e+3, true, false, null, {"b": {}}]}',
      { a: [1, -2500, true, false, null, { b: {} }] },
    ],
    ["{'a': 'it\\'s'}", { a: "it's" }],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ['"\\u00e9\\uD834\\uDD1E\\u0000"', '\u00e9\u{1d11e}\u0000'],
    ['0', 0],
    [' \t\r\n 7 ', 7],
  ])('should read %s', (text, value) => {
    expect(parsed(text)).toEqual([value]);
  });

  it.each([
    ['{"execute": foo}', "invalid keyword 'foo'"],
    ['{"a"}', 'missing : in object pair'],
    ['{"a":}', 'expecting value'],
    ['{"a": 1 "b": 2}', 'expected separator in dict'],
    ['{"a": 1,}', 'expecting value'],
    ['{1: 2}', 'key is not a string in object'],
    ['{"a": 1, "a": 2}', 'duplicate key'],
    ['[1 2]', 'expected separator in list'],
    ['[1,]', 'expecting value'],
    [']', 'expecting value'],
    [':', 'expecting value'],
    ['{]', 'expecting value'],
    ['"\\q"', 'invalid escape sequence in string'],
    ['"\\uD834x"', '\\uD834 is not a valid Unicode character'],
    ['"\\u12g4"', '\\u12g4 is not a valid Unicode character'],
    ['"\\uFFFF"', '\\uFFFF is not a valid Unicode character'],
    ['%', "stray '%'"],
    ['A', "stray 'A'"],
    ['-x', "stray '-x'"],
    ['01', "stray '01'"],
    ['1.x', "stray '1.x'"],
    ['1ex', "stray '1ex'"],
    ['"a\u0001', "stray '\"a\u0001'"],
  ])('should refuse %s', (text, message) => {
    expect(parsed(text)[0]).toBe(`error: JSON parse error, ${message}`);
  });

  it('should read what follows a value, and wait for the rest of what is not complete', () => {
    expect(parsed('{} [1] {"a": ')).toEqual([{}, [1]]);
    expect(parsed('{} "open')).toEqual([{}]);
    expect(parsed('{"a": 1}}')).toEqual([{ a: 1 }, 'error: JSON parse error, expecting value']);
  });

  it('should go on after a stray character where something begins, or in the next line', () => {
    expect(parsed('{"a": %%% 1} {"b": 2}')[0]).toBe("error: JSON parse error, stray '%'");
    expect(parsed('%% 1 2\n3')).toEqual(["error: JSON parse error, stray '%'", 3]);
  });

  it('should not go too deep', () => {
    expect(parsed('['.repeat(1025))).toEqual(['error: JSON nesting depth limit exceeded']);
    const deep = parsed(`${'['.repeat(1024)}${']'.repeat(1024)}`);
    expect(deep).toHaveLength(1);
    expect(Array.isArray(deep[0])).toBe(true);
  });
});
