import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// What no linter checks about this repository, as tests.

const repository = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8');

/** Tracked files and new ones that git does not ignore; deleted ones are still listed by git. */
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
  { cwd: repository, encoding: 'utf8' },
)
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(repository, file)));

// This file spells out what it forbids.
const sources = files.filter(
  (file) => /\.(ts|tsx|js)$/.test(file) && !/\/fixtures\/|tidy\.test\.ts$/.test(file),
);
const product = sources.filter((file) => /^(src|models|properties|scenarios)\//.test(file));
const texts = files.filter((file) => /\.(ts|tsx|js|json|jsonc|md|yml)$|^\.ci\//.test(file));

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

/** `file:line: text` of every line that matches. */
function linesWith(pattern: RegExp, where: readonly string[]): string[] {
  return where.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
}

describe('sources', () => {
  // Grow a room by a file, not a file by a page.
  test('should have at most 400 lines a file in the product', () => {
    const long = product.filter((file) => read(file).trimEnd().split('\n').length > 400);
    expect(long).toEqual([]);
  });

  test('should leave no unfinished work behind', () => {
    expect(linesWith(/\b(TODO|FIXME|XXX)\b/, sources)).toEqual([]);
  });

  test('should hold no tabs and no trailing blanks', () => {
    expect(
      linesWith(
        /\t|[^\S\n]+$/,
        texts.filter((file) => !file.endsWith('.md')),
      ),
    ).toEqual([]);
  });

  test('should not silence a tool for a whole file', () => {
    const silencer = /@ts-nocheck|^\s*\/\* eslint-disable\b|(c8|v8) ignore file/;
    expect(linesWith(silencer, sources)).toEqual([]);
  });

  // Each with what to write in its place.
  const banned: readonly [identifier: RegExp, instead: string][] = [
    [/\bany\[\]|<any>|: any\b|\bas any\b/, 'unknown, or the type'],
    [/@ts-ignore/, '@ts-expect-error, with the reason'],
    [/\bprocess\.exit\(/, 'process.exitCode, so that output is flushed'],
    [/\b(describe|it|test)\.only\(/, 'vitest -t'],
    [/\bfrom 'assert'|\bfrom 'node:assert/, "the harness's own assertions"],
    [/\bimport .* from '(fs|path|url|util|os|child_process|worker_threads)'/, 'the node: prefix'],
    [/\bJSON\.parse\(JSON\.stringify\(/, 'structuredClone'],
    [/\bconsole\.(log|error|warn|debug)\(/, 'the streams that src/cli passes along'],
  ];
  test.each(banned)('should not use %s but %s', (identifier) => {
    expect(linesWith(identifier, product)).toEqual([]);
  });
});

describe('package', () => {
  test('should pin every version exactly', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('should name no download host in the lock file', () => {
    expect(linesWith(/"resolved"/, ['package-lock.json'])).toEqual([]);
  });
});

describe.skipIf(!files.includes('README.md'))('README', () => {
  const readme = files.includes('README.md') ? read('README.md') : '';

  test('should name only scripts that exist', () => {
    const builtIn = ['ci', 'install', 'i', 'pack', 'link', 'exec'];
    const named = [...readme.matchAll(/\bnpm (?:run ([\w:-]+)|(\w+))/g)].map(
      (m) => m[1] ?? m[2] ?? '',
    );
    const missing = named.filter((name) => !(name in manifest.scripts) && !builtIn.includes(name));
    expect(missing).toEqual([]);
  });

  test('should name only commands that the command line has', () => {
    const help = cli('--help');
    const code = [...readme.matchAll(/```[^]*?```|`[^`\n]+`/g)].map((block) => block[0]).join('\n');
    const named = [...code.matchAll(/(?:^|npx |[$`] ?)qomcheck ([a-z]+)\b/gm)].map(
      (m) => m[1] ?? '',
    );
    expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(help))).toEqual([]);
  });
});

function cli(...args: string[]): string {
  const main = path.join(repository, 'dist/src/cli/main.js');
  return execFileSync(process.execPath, [main, ...args], { encoding: 'utf8' });
}
