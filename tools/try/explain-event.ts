/** What the rules of a source make of a delivery, expression by expression. */
import type { Environment } from '../../lib/config/environment.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { arrivalsOf, type EventTrial, type Trial, type TrialInput, tryEvent } from './event-trial.ts';
import { type ExplainedRule, explainRules } from './explain-rules.ts';
import { hintsFor } from './hints.ts';

export interface ExplainedEvent {
  /** None if the event could not be read. */
  rules: ExplainedRule[];
  trial: EventTrial;
}

export interface Explained {
  trial: Trial;
  /** The event, or each event that `split` finds. */
  events: ExplainedEvent[];
  /** What to do about a refusal. */
  hints: string[];
}

export async function explainEvent(environment: Environment, input: TrialInput): Promise<Explained> {
  const trial = await tryEvent(environment, input);
  const rules = await rulesFor(input);
  const trials = trial.outcome === 'split' ? trial.events : [trial];
  const events = trials.map((one, index) => ({ trial: one, rules: rules[index] ?? [] }));
  return { trial, events, hints: hintsFor(trial, input) };
}

async function rulesFor(input: TrialInput): Promise<ExplainedRule[][]> {
  const explained: ExplainedRule[][] = [];
  for (const read of await readable(() => arrivalsOf(input), [])) {
    explained.push(await readable(() => explainRules(input.settings.rules, read()), []));
  }
  return explained;
}

/** What cannot be read is refused, and the trial says why. */
async function readable<Result>(read: () => Promise<Result>, otherwise: Result): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof IssuanceError) return otherwise;
    throw error;
  }
}
