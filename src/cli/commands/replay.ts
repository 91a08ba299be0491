import { type ReplayedExecution, replay } from '../../replay/replay.js';
import { renderDetails } from '../../report/details.js';
import { count } from '../../report/numbers.js';
import { renderExecution } from '../../report/text.js';
import { wrap } from '../../report/wrap.js';
import { flag } from '../args/option.js';
import { explainToken, readToken } from '../args/token.js';
import { selectOne } from '../catalogue/select.js';
import { type Command, command } from '../command.js';
import { exitCodes } from '../exit.js';
import { asProblem } from '../explore-one.js';
import { colorOf } from '../output/color.js';
import { Problem } from '../problem.js';
import { paintFor, widthOf } from '../terminal.js';

const options = {
  continue: flag('Where the scenario differs from the recording, go on under a default schedule'),
  whole: flag('Print every step, also of a long execution'),
  json: flag('Print one JSON document instead'),
  color: flag('Use colour even where the output is no terminal'),
  'no-color': flag('Use no colour'),
};

/** `qomcheck replay` */
export const replayCommand: Command = command({
  name: 'replay',
  usage: '<scenario> <token>',
  summary: 'Execute a scenario as a token from a report says, and print its steps',
  details: [
    'The token may be @FILE, for the text in a file. A scenario in a file of your own is written ' +
      'file.ts#name. The exit code is 1 if the execution ends in a violation.',
    'Of a long execution steps are left out as in a report, unless --whole is given.',
  ],
  options,
  examples: [
    ["qomcheck replay 'lost-update' q1.0-2aX.1-2-fQ0.v-1Zk2.8sPd", 'A line from a report'],
    ["qomcheck replay 'counter.ts#lost-update' @failure.txt --continue", 'After an edit'],
  ],
  run: async (values, args, terminal) => {
    const [name, token, ...more] = args;
    if (name === undefined || token === undefined || more.length > 0) {
      throw new Problem(
        'bad-arguments',
        `replay takes a scenario and a token, not ${count(args.length, 'argument')}`,
        'write qomcheck replay <scenario> <token>, as reports do',
      );
    }
    const { scenario } = await selectOne(name);
    const onDivergence = values.continue === true ? 'continue' : 'throw';
    const text = readToken(token);
    const execution = asProblem(scenario.name, () =>
      explainToken(
        () => replay(scenario, text, { onDivergence }),
        'was it recorded with this scenario? --continue executes it as far as it fits, and goes on',
      ),
    );
    if (values.json === true) {
      const document = { schemaVersion: 1, scenario: scenario.name, ...execution };
      terminal.out(`${JSON.stringify(document, null, 2)}\n`);
    } else {
      const color = colorOf(values, terminal);
      const { violation } = execution;
      const width = widthOf(terminal);
      const title = wrap(`${scenario.name}: ${outcome(execution)}`, width, '    ');
      const details = violation === undefined ? [] : renderDetails(violation, width);
      const paint = paintFor(color);
      const lines = [
        ...title.map((line) => paint('strong', line)),
        '',
        renderExecution(execution.events, {
          violation,
          color,
          width,
          whole: values.whole === true,
        }),
        ...(details.length === 0 ? [] : ['', ...details]),
      ];
      terminal.out(`${lines.join('\n')}\n`);
      if (execution.divergence !== undefined) {
        terminal.log(`qomcheck: left the recording: ${execution.divergence}\n`);
      }
    }
    return execution.verdict === 'violated' ? exitCodes.violated : exitCodes.held;
  },
});

function outcome({ violation, steps, preemptions }: ReplayedExecution): string {
  const what = violation === undefined ? 'passed' : `${violation.kind}: ${violation.message}`;
  return `${what} (${count(steps, 'step')}, ${count(preemptions, 'preemption')})`;
}
