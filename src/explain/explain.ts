import { UsageError } from '../engine/errors.js';
import { requireViolation, type Violation } from '../replay/violation.js';
import { checkScenario, type Scenario } from '../sim/scenario.js';
import { type Conjunction, causesOf } from './causes.js';
import { exactRarity } from './chance.js';
import type { Explanation, Rarity } from './explanation.js';
import { type Claim, type Divided, factOf, factsOf, type Preference, truthOf } from './facts.js';
import type { Names } from './names.js';
import { type ExplainOptions, type ExplainSettings, resolveExplainOptions } from './options.js';
import { sentenceOf } from './sentence.js';
import { failureKey, type Trace } from './trace.js';
import { collectTraces, type Traces } from './traces.js';
import { sampleRarity } from './walk.js';

/** What of a violation is explained. */
type Failure = Pick<Violation, 'kind' | 'property'> & Partial<Pick<Violation, 'thread' | 'events'>>;

/**
 * Says which orderings lead to a failure, and how rare it is.
 *
 * Goes through all traces of the scenario, each beyond its first failure, and looks for the fewest facts about the order of steps that
 * are so in every trace with the failure (its kind and property) and not in any other. Where no such facts are common to all failing
 * traces, they are divided among up to three causes. The statement is exact: it is held against every execution of every trace. Nothing
 * is said when there are more traces than the budget allows.
 *
 * The probability that a random walk fails is exact where going through all executions, those that begin with orders of the same trace
 * once, takes no more than the budget; else it is estimated from random walks.
 *
 * The same arguments give the same result.
 *
 * @param violation - from the report of any strategy; its kind and property matter, and facts about its objects are preferred
 * @throws UsageError when an option is written wrongly, or the scenario is.
 * @public
 */
export function explain(
  scenario: Scenario,
  violation: Violation,
  options: ExplainOptions = {},
): Explanation {
  checkScenario(scenario);
  requireViolation(violation);
  return new Explainer(scenario, options).explain(violation);
}

/** Explains several failures of one scenario from one exploration. @internal */
export class Explainer {
  private readonly scenario: Scenario;
  private readonly settings: ExplainSettings;
  private traces: Traces | undefined = undefined;
  private readonly rarities = new Map<string, Rarity>();

  constructor(scenario: Scenario, options: ExplainOptions = {}) {
    this.scenario = scenario;
    this.settings = resolveExplainOptions(options);
  }

  explain(violation: Failure): Explanation {
    if (violation.kind === 'nondeterminism') {
      throw new UsageError('nondeterminism is not in the order of steps and cannot be explained');
    }
    const { names, list, exhausted } = this.collected();
    const key = failureKey(violation);
    const failing = list.filter((trace) => trace.failures.has(key));
    const others = list.filter((trace) => !trace.failures.has(key));
    const divided = { names, failing, others };
    const found = exhausted && failing.length > 0;
    const causes = found ? explainTraces(divided, violation) : [];
    const facts = causes.map((cause) => cause.map((claim) => factOf(claim, names)));
    const shape = { causes: facts, exhausted, traces: list.length, failing: failing.length };
    const certain = exhausted && others.length === 0;
    const rarity = certain ? certainty(list.length) : this.rarity(key);
    return { sentence: sentenceOf(shape), ...shape, rarity };
  }

  /** Whether all traces can be explored within the budget. */
  get exhausts(): boolean {
    return this.collected().exhausted;
  }

  private collected(): Traces {
    this.traces ??= collectTraces(this.scenario, this.settings);
    return this.traces;
  }

  private rarity(failure: string): Rarity {
    let rarity = this.rarities.get(failure);
    if (rarity === undefined) {
      const { scenario, settings } = this;
      rarity =
        exactRarity(scenario, failure, settings) ?? sampleRarity(scenario, failure, settings);
      this.rarities.set(failure, rarity);
    }
    return rarity;
  }
}

/** Of what happens in every trace. */
function certainty(executions: number): Rarity {
  return { probability: 1, exact: true, interval: [1, 1], executions };
}

function explainTraces(divided: Divided, violation: Failure): Claim[][] {
  const { failing, others } = divided;
  const facts = factsOf(divided, preferenceFor(divided, violation));
  const causes = causesOf(facts, failing.length, others.length).map(claimsOf);
  if (causes.length > 0) check(causes, divided);
  return causes;
}

function claimsOf(conjunction: Conjunction): Claim[] {
  return conjunction.map(({ claim }) => claim);
}

/** Holds what will be said against the traces once more, without the sets that it was found with. */
function check(causes: readonly (readonly Claim[])[], { failing, others }: Divided): void {
  const always = (trace: Trace): boolean =>
    causes.some((cause) => cause.every((claim) => truthOf(claim, trace) === true));
  const never = (trace: Trace): boolean =>
    causes.every((cause) => cause.some((claim) => truthOf(claim, trace) === false));
  if (failing.every(always) && others.every(never)) return;
  throw new Error('an explanation does not agree with the traces that it was found in');
}

/** Prefers what is about the objects of the violation, and what is early in the execution that is shown. */
function preferenceFor({ names, failing }: Divided, violation: Failure): Preference {
  const { events = [], thread = '', property } = violation;
  const last = events[events.length - 1];
  const objects = property.split(', ');
  if (thread !== '' && last !== undefined) objects.push(last.object);
  const about = (name: number): boolean => {
    const { object } = names.get(name);
    return object !== '' && objects.some((each) => isPartOf(object, each));
  };
  const failed = (name: number): boolean => {
    const step = names.get(name);
    return (
      thread !== '' &&
      last !== undefined &&
      step.thread === last.thread &&
      step.operation === last.operation &&
      step.object === last.object
    );
  };
  const shown = shownPlaces(names, violation);
  const sample = failing[0];
  const place = (name: number): number => shown?.(name) ?? sample?.place(name) ?? 0;
  return { about, failed, place };
}

function isPartOf(object: string, whole: string): boolean {
  return whole !== '' && (object === whole || object.startsWith(`${whole}.`));
}

/** Where steps are among the events of the violation; undefined when it has none. */
function shownPlaces(
  names: Names,
  { events = [] }: Failure,
): ((name: number) => number) | undefined {
  if (events.length === 0) return undefined;
  const places = new Map<string, number[]>();
  events.forEach(({ thread, operation, object }, i) => {
    const key = JSON.stringify([thread, operation, object]);
    const list = places.get(key);
    if (list === undefined) places.set(key, [i]);
    else list.push(i);
  });
  return (name) => {
    const { thread, operation, object, occurrence } = names.get(name);
    const list = places.get(JSON.stringify([thread, operation, object])) ?? [];
    return list[occurrence - 1] ?? events.length;
  };
}
