import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

interface Manifest {
  readonly bin: Record<string, string>;
  readonly exports: Record<string, string | Record<string, string>>;
}
const manifest = JSON.parse(
  readFileSync(path.join(repository, 'package.json'), 'utf8'),
) as Manifest;

/** What `npm pack` would put into the package. */
function packed(): string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const output = execFileSync('npm', args, { cwd: repository, encoding: 'utf8', stdio: 'pipe' });
  const [made] = JSON.parse(output) as { files: { path: string }[] }[];
  return made?.files.map((file) => file.path) ?? [];
}

test('should publish every entry point with its types, sources and licence, and no notes of the compiler', () => {
  const files = packed();
  const targets = [...Object.values(manifest.exports), manifest.bin]
    .flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))
    .map((target) => path.normalize(target));
  expect(targets).toHaveLength(10);
  const also = ['LICENSE', 'README.md', 'src/index.ts', 'models/index.ts', 'dist/src/index.js.map'];
  expect(files).toEqual(expect.arrayContaining([...targets, ...also]));
  expect(files.filter((file) => /tsbuildinfo|^(test|bench|tools|coverage)\//.test(file))).toEqual(
    [],
  );
});
