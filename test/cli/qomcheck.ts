import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from '../../src/cli/program.js';

const folder = 'test/cli/fixtures';
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Scenario files of a user. */
export const fixtures = path.join(repository, folder);

/** The compiled program. */
export const main = path.join(repository, 'dist/src/cli/main.js');

/** What a command line did. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command line is run. */
export interface Setting {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called once with the process when it was started. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Called with the process and all its output so far whenever there is more. */
  readonly onOutput?: (child: ChildProcess, output: string) => void;
}

/** The environment without what would change the output. */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const drop = /^(GITHUB_|NO_COLOR$|FORCE_COLOR$|DEBUG$|QOMCHECK_|npm_|VITEST|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !drop.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

/** Runs the compiled program as a user does, in the folder of the fixtures. */
export function qomcheck(args: readonly string[], setting: Setting = {}): Promise<Outcome> {
  return start(process.execPath, [main, ...args], setting);
}

/** What Node says in a run with coverage when a thread is ended before it has written what it counted. */
const aboutCoverage = /^Failed to .*\bcoverage\b.*\n/gm;

/** Runs any program in the same setting. */
export function start(
  program: string,
  args: readonly string[],
  { cwd = fixtures, env, onStart, onOutput }: Setting = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: environment(env) });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      onOutput?.(child, stdout + stderr);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      onOutput?.(child, stdout + stderr);
    });
    onStart?.(child);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr: stderr.replace(aboutCoverage, '') });
    });
  });
}

const fixture = /(?<![\w./-])(?=[\w-]+\.(?:ts|mts|mjs)\b)/g;

/** Runs a command line inside this process, which is much faster; names of fixtures stand for themselves. */
export async function inProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const texts = { out: '', log: '' };
  const code = await program(
    args.map((arg) => arg.replace(fixture, `${folder}/`)),
    {
      out: (text) => (texts.out += text),
      log: (text) => (texts.log += text),
      progress: () => undefined,
      outIsTerminal: false,
      columns: undefined,
      env,
      self: 'npx qomcheck',
      interrupted: () => false,
    },
  );
  const short = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { code, stdout: short(texts.out), stderr: short(texts.log) };
}
