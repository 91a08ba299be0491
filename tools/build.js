// Compiles to dist. Arguments go to tsc: `npm start` leaves out the check of types, which takes as long as all else.
import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import './prune-dist.js';

const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
const args = [tsc, '-p', 'tsconfig.json', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
if (status === 0) chmodSync('dist/src/cli/main.js', 0o755);
process.exitCode = status ?? 1;
