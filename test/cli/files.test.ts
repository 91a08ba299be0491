import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkWritable, writeWhole } from '../../src/cli/output/files.js';
import { fixtures, inProcess, qomcheck } from './qomcheck.js';

const folder = mkdtempSync(path.join(tmpdir(), 'qomcheck-files-'));
const inFolder = (name: string): string => path.join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('writeWhole', () => {
  test('should replace a file and keep its mode', () => {
    const file = inFolder('mode.txt');
    writeFileSync(file, 'old', { mode: 0o600 });
    writeWhole(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('should write through a link', () => {
    const target = inFolder('target.txt');
    writeFileSync(target, 'old');
    symlinkSync(target, inFolder('link.txt'));
    writeWhole(inFolder('link.txt'), 'new');
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  test('should leave nothing behind when it fails', () => {
    const before = readdirSync(folder);
    expect(() => writeWhole(inFolder('gone/x.txt'), 'text')).toThrow(/its folder does not exist/);
    expect(() => writeWhole(folder, 'text')).toThrow(/cannot write/);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('should write to a device without replacing it', () => {
    checkWritable('/dev/null');
    writeWhole('/dev/null', 'text');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('checkWritable', () => {
  test('should refuse folders and what lies below files', () => {
    expect(() => checkWritable(folder)).toThrow('it is a folder');
    writeFileSync(inFolder('plain'), '');
    expect(() => checkWritable(inFolder('plain/x.xml'))).toThrow('its folder is a file');
  });
});

describe('report files', () => {
  test('should be written beside what is printed', async () => {
    const [junit, markdown, html] = ['r.xml', 'r.md', 'r.html'].map(inFolder) as [
      string,
      string,
      string,
    ];
    const files = ['--junit', junit, '--markdown', markdown, '--html', html];
    const { code } = await qomcheck(['run', 'counter.ts', ...files]);
    expect(code).toBe(1);
    expect(readFileSync(junit, 'utf8')).toMatch(/<testcase [^>]*name="counter\.ts#lost-update"/);
    expect(readFileSync(markdown, 'utf8')).toContain('counter.ts#lost-update');
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/i);
  });

  test('should not be begun when another cannot be written', async () => {
    const junit = inFolder('never.xml');
    const args = ['run', 'counter.ts', '--junit', junit, '--html', inFolder('no/x.html')];
    expect((await qomcheck(args)).code).toBe(2);
    expect(existsSync(junit)).toBe(false);
  });
});

describe('under GitHub Actions', () => {
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: inFolder('summary.md') };

  test('should annotate and add to the step summary', async () => {
    writeFileSync(env.GITHUB_STEP_SUMMARY, 'before\n');
    const { stdout } = await qomcheck(['run', 'counter.ts'], { env });
    expect(stdout).toMatch(/\n::error file=counter\.ts,line=\d+,title=counter\.ts#lost-update/);
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/^before\n## qomcheck: /);
  });

  test('should annotate files by their path in the repository', async () => {
    const file = /\n::error file=([^,]*),/;
    const from = async (workspace: string): Promise<string | undefined> => {
      const there = { ...env, GITHUB_WORKSPACE: workspace };
      return file.exec((await inProcess(['run', 'counter.ts', '--no-explain'], there)).stdout)?.[1];
    };
    expect(await from(path.dirname(fixtures))).toBe('fixtures/counter.ts');
    expect(await from(folder)).toBe('counter.ts');
  });

  test('should annotate on stderr beside JSON', async () => {
    const { stdout, stderr } = await qomcheck(['run', 'counter.ts', '--json'], { env });
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect(stderr).toMatch(/^::error /);
  });

  test('should go on without a summary that cannot be written', async () => {
    const there = { ...env, GITHUB_STEP_SUMMARY: folder };
    const { code, stderr } = await qomcheck(['run', 'counter.ts'], { env: there });
    expect(stderr).toMatch(/^qomcheck: no step summary: /);
    expect(code).toBe(1);
  });
});
