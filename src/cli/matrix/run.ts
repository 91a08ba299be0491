import type { Family } from '../../../scenarios/entry.js';
import type { ExitCode } from '../exit.js';
import { colorOf } from '../output/color.js';
import { checkWritable, writeWhole } from '../output/files.js';
import { Problem } from '../problem.js';
import type { Terminal } from '../terminal.js';
import { matrixExit } from './exit.js';
import { exploreFamilies } from './explore.js';
import { matrixJson } from './json.js';
import { matrixMarkdown } from './markdown.js';
import { effortOf, type MatrixValues, selectFamilies } from './options.js';
import { showFamilies } from './show.js';

/** Explores families and prints what was found, as the options say. */
export async function runMatrix(
  all: readonly Family[],
  values: MatrixValues,
  terminal: Terminal,
): Promise<ExitCode> {
  const families = selectFamilies(all, values.family);
  const { json = false, markdown } = values;
  const file = markdown === '-' ? undefined : markdown;
  if (json && markdown === '-') {
    throw new Problem('bad-arguments', '--json and --markdown both print', 'write --markdown FILE');
  }
  if (file !== undefined) checkWritable(file);
  const found = await exploreFamilies(families, effortOf(values), terminal);
  if (json) terminal.out(matrixJson(found));
  else if (markdown === '-') terminal.out(matrixMarkdown(found, terminal.self));
  else {
    const rows = values.family !== undefined;
    const color = colorOf(values, terminal);
    showFamilies(found, { rows, conclusions: true, color }, terminal);
  }
  if (file !== undefined) writeWhole(file, matrixMarkdown(found, terminal.self));
  return matrixExit(found, terminal);
}
