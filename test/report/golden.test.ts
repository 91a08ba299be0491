import { describe, expect, test } from 'vitest';
import { explore, type Report, type Violation } from '../../src/index.js';
import { githubAnnotations } from '../../src/report/github.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderFailure, renderHeadline } from '../../src/report/text.js';
import { gallery } from './gallery.js';

// Whole printed reports. `npm test -- -u` writes them anew; read the difference before you commit it.

const replayLine = (report: Report, violation: Violation): string =>
  `npx qomcheck replay ${report.scenario} ${violation.token}`;

/** The same report on every machine: line numbers of this repository's tests may move. */
function settled(text: string): string {
  return text.replace(
    /((?:gallery|golden\.test)\.ts(?::|,line=))(\d+)/g,
    (_match, file: string, line: string) => {
      return file + '9'.repeat(line.length);
    },
  );
}

const reports = gallery.map(({ scenario, options }) => ({
  ...explore(scenario, { seed: 1, ...options }),
  elapsedMs: 0,
}));

describe('a printed failure', () => {
  test.each(reports)('should look as recorded: $scenario', async (report) => {
    const failures = report.violations.map((violation) =>
      renderFailure({ report, violation, replayLine: replayLine(report, violation) }),
    );
    const text = [renderHeadline(report), ...failures, ''].join('\n\n');
    expect(failures).not.toEqual([]);
    await expect(settled(text)).toMatchFileSnapshot(`golden/${report.scenario}.txt`);
  });
});

describe('printed formats', () => {
  const few = reports.filter(({ scenario }) => /^(lost-update|philosophers)$/.test(scenario));

  test('should look as recorded: Markdown', async () => {
    const text = settled(renderMarkdown(few, replayLine));
    await expect(text).toMatchFileSnapshot('golden/markdown.txt');
  });

  test('should look as recorded: GitHub annotations', async () => {
    const text = settled(githubAnnotations(few, replayLine).join('\n'));
    await expect(`${text}\n`).toMatchFileSnapshot('golden/annotations.txt');
  });
});
