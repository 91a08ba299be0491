import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '../cli/qomcheck.js';

// The code blocks of the README do what it says, in a folder of a user who has installed the package. After a change of what commands
// print, README_UPDATE=1 writes it into the README.

const repository = fileURLToPath(new URL('../..', import.meta.url));
const file = path.join(repository, 'README.md');
const readme = readFileSync(file, 'utf8');
const update = process.env['README_UPDATE'] === '1';

const blocks = [...readme.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language, text]) => ({
  language: language ?? '',
  text: text ?? '',
}));
const sources = blocks
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => ({ name: /^\/\/ (\S+\.ts)\n/.exec(text)?.[1] ?? '', text }));
const sessions = blocks
  .filter(({ language }) => language === 'console')
  .map(({ text }) => {
    const [first = '', ...printed] = text.split('\n');
    return { command: first.replace(/^\$ /, ''), first, printed: printed.join('\n') };
  });

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qomcheck-readme-'));
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, '.bin'), { recursive: true });
  symlinkSync(repository, path.join(modules, 'qomcheck'));
  symlinkSync('../qomcheck/dist/src/cli/main.js', path.join(modules, '.bin/qomcheck'));
  for (const name of ['vitest', 'typescript', '@types']) {
    symlinkSync(path.join(repository, 'node_modules', name), path.join(modules, name));
  }
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    isolatedDeclarations: true,
    declaration: true,
    noEmit: true,
    // Of vitest, which needs more types than a user of it has.
    skipLibCheck: true,
  };
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  for (const { name, text } of sources) writeFileSync(path.join(folder, name), text);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a command prints, and its exit code; of a pipe that of the first program that fails. */
function shell(command: string): { readonly code: number | null; readonly printed: string } {
  const { status, stdout } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: environment({ NO_COLOR: '1' }),
  });
  return { code: status, printed: stdout };
}

/** A seed that nobody gave is a new one each time. */
function withoutSeed(text: string): string {
  return text.replace(/, seed \d+$/gm, ', seed N');
}

describe('README', () => {
  test('should name the file of every source, and run what it sets up with', () => {
    expect(sources.map(({ name }) => name)).toEqual(['lost-update.ts', 'lost-update.test.ts']);
    const others = blocks.filter(({ language }) => !['ts', 'console'].includes(language));
    expect(others.map(({ text }) => text.replace(/ *#.*/g, ''))).toEqual([
      'npm ci && npm start\nnpm ci && npm test\n',
    ]);
  });

  test('should show sources that compile for a strict user', { timeout: 120_000 }, () => {
    const tsc = path.join(repository, 'node_modules/typescript/bin/tsc');
    expect(shell(`node ${tsc} -p .`)).toEqual({ code: 0, printed: '' });
  });

  test('should show tests that pass', { timeout: 120_000 }, () => {
    const vitest = path.join(repository, 'node_modules/vitest/vitest.mjs');
    const { code, printed } = shell(`node ${vitest} run`);
    expect(printed).toMatch(/Tests +1 passed/);
    expect(code).toBe(0);
  });

  test.each(sessions)('should show what $command prints', { timeout: 120_000 }, (session) => {
    const { code, printed } = shell(session.command);
    expect(code).toBe(session.command.includes('qomcheck matrix') ? 0 : 1);
    expect(printed.split('\n').filter((line) => line.length > 120)).toEqual([]);
    if (update) {
      const now = readFileSync(file, 'utf8');
      const { first } = session;
      const block = `\`\`\`console\n${first}\n`;
      writeFileSync(
        file,
        now.replace(block + session.printed, () => block + printed),
      );
    } else expect(withoutSeed(printed)).toBe(withoutSeed(session.printed));
  });

  test('should replay by the line that it shows', () => {
    const line = /\nTo replay it:\n(npx qomcheck replay .*)\n/.exec(readme)?.[1] ?? '';
    const session = sessions.find(({ printed }) => printed.includes(line));
    const steps = /\n( +A +B\n[^]*?)\n\n/.exec(session?.printed ?? '')?.[1] ?? 'none';
    const { code, printed } = shell(line);
    expect(printed).toContain(steps);
    expect(code).toBe(1);
  });
});
