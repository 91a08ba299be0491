import type { ExplainOptions } from '../../explain/options.js';
import { replay } from '../../replay/replay.js';
import type { Violation } from '../../replay/violation.js';
import { ascii, asciiLines } from '../../report/ascii.js';
import { renderDetails } from '../../report/details.js';
import { count } from '../../report/numbers.js';
import { shapeLines } from '../../report/shape.js';
import { renderExecution, renderExplanation } from '../../report/text.js';
import { wrap } from '../../report/wrap.js';
import type { Minimized } from '../../shrink/minimize.js';
import type { Scenario } from '../../sim/scenario.js';
import { flag, value } from '../args/option.js';
import { explainToken, readToken } from '../args/token.js';
import { duration, numberOrAll } from '../args/values.js';
import { selectOne } from '../catalogue/select.js';
import { type Command, command } from '../command.js';
import { exitCodes } from '../exit.js';
import { explainAll } from '../explain-one.js';
import { asProblem } from '../explore-one.js';
import { minimizeOne, withMinimization } from '../minimize-one.js';
import { colorOf } from '../output/color.js';
import { replayLine } from '../output/replay-line.js';
import { Problem } from '../problem.js';
import { paintFor, type Terminal, widthOf } from '../terminal.js';

const options = {
  executions: value('N', numberOrAll, 'Stop after N executions (100,000), or "all"'),
  time: value('TIME', duration, 'Stop after this time: 500ms, 30s, 2m, 1h'),
  'no-explain': flag('Do not look for the orderings that fail, nor for how rare that is'),
  json: flag('Print one JSON document instead'),
  color: flag('Use colour even where the output is no terminal'),
  'no-color': flag('Use no colour'),
};

/** More than `run` allows itself: somebody asked. */
const explainLimits: ExplainOptions = { maxExecutions: 5_000, walks: 2_000 };

/** `qomcheck shrink` */
export const shrink: Command = command({
  name: 'shrink',
  usage: '<scenario> <token>',
  summary: 'Find the simplest execution with the failure that a token leads to, and print it',
  details: [
    'The simplest execution has the fewest preemptions, and among those the fewest steps. "Proven ' +
      'minimal" means that every schedule with fewer preemptions was explored and none fails in ' +
      'the same way. The token may be @FILE, for the text in a file. A scenario in a file of your ' +
      'own is written file.ts#name. The exit code is 1, as for every failure.',
    'Where every trace of the scenario can be explored within the limits, the orderings that all ' +
      'failing executions share and no other has are printed as well, and how rare they are.',
  ],
  options,
  examples: [
    ["qomcheck shrink 'lost-update' q1.0-2aX.1-2-fQ0.v-1Zk2.8sPd", 'A line from a report'],
    ["qomcheck shrink 'counter.ts#lost-update' @failure.txt --time 30s", 'For half a minute'],
  ],
  run: async (values, args, terminal) => {
    const [name, token, ...more] = args;
    if (name === undefined || token === undefined || more.length > 0) {
      throw new Problem(
        'bad-arguments',
        `shrink takes a scenario and a token, not ${count(args.length, 'argument')}`,
        'write qomcheck shrink <scenario> <token>, with the token of a report',
      );
    }
    const { scenario } = await selectOne(name);
    const text = readToken(token);
    const { violation } = asProblem(scenario.name, () =>
      explainToken(() => replay(scenario, text), 'was it recorded with this scenario?'),
    );
    if (violation === undefined) {
      throw new Problem(
        'bad-token',
        'the token leads to no failure, so there is nothing to shrink',
      );
    }
    const limits = {
      ...(values.executions === undefined ? {} : { maxExecutions: values.executions }),
      ...(values.time === undefined ? {} : { timeLimitMs: values.time }),
    };
    const simplest = minimizeOne(scenario, violation, limits, terminal);
    const result =
      values['no-explain'] === true ? simplest : explained(scenario, simplest, terminal);
    const show = values.json === true ? json : print;
    show(scenario.name, result, terminal, colorOf(values, terminal));
    return terminal.interrupted() ? exitCodes.interrupted : exitCodes.violated;
  },
});

function explained(scenario: Scenario, result: Minimized, terminal: Terminal): Minimized {
  const [violation = result.violation] = explainAll(
    scenario,
    [result.violation],
    { ...explainLimits, evenInPart: true },
    terminal,
  );
  return { ...result, violation };
}

function json(scenario: string, result: Minimized, terminal: Terminal): void {
  const { preemptions, steps, provenMinimal, executions, violation } = result;
  const shape = { preemptions, steps, provenMinimal, executions };
  const document = { schemaVersion: 1, scenario, ...shape, violation };
  terminal.out(`${JSON.stringify(document, null, 2)}\n`);
}

function print(scenario: string, result: Minimized, terminal: Terminal, color: boolean): void {
  const violation: Violation = withMinimization(result);
  const width = widthOf(terminal);
  const paint = paintFor(color);
  const message = asciiLines(violation.message).join(' / ');
  const details = renderDetails(violation, width);
  const lines = [
    ...wrap(`${ascii(scenario)}: ${violation.kind}: ${message}`, width, '    ').map((line) =>
      paint('strong', line),
    ),
    ...shapeLines(violation),
    '',
    renderExecution(violation.events, { violation, color, width }),
    ...(details.length === 0 ? [] : ['', ...details]),
    ...renderExplanation(violation, width),
    '',
    'To replay it:',
    replayLine(terminal.self, scenario, violation.token),
  ];
  terminal.out(`${lines.join('\n')}\n`);
}
