/** Describes the result of a trial for a person. */
import type { EventTrial, Trial } from './event-trial.ts';

export function describeTrial(trial: Trial): string {
  if (trial.outcome !== 'split') return describeEvent(trial);
  if (trial.events.length === 0) return 'Ignored: split finds no event. The sender would get 200.';
  const { length } = trial.events;
  return trial.events.map((event, index) => `Event ${index + 1} of ${length}\n${describeEvent(event)}`).join('\n\n');
}

/** Whether the delivery, or one of its events, would be refused. */
export function isRefused(trial: Trial): boolean {
  return trial.outcome === 'split' ? trial.events.some(isRefused) : trial.outcome === 'refused';
}

function describeEvent(trial: EventTrial): string {
  if (trial.outcome === 'ignored') {
    return `Ignored: no rule matches this event (tried: ${trial.asked.join(', ')}). The sender would get 200.`;
  }
  if (trial.outcome === 'refused') {
    const detail = trial.detail === undefined ? '' : `: ${trial.detail}`;
    const what = trial.code === 'holder-not-found' ? 'Accepted, and then failed' : 'Refused';
    return `${what} with ${trial.code}. ${trial.title}${detail}.\n${trial.advice}`;
  }
  const { rule, program, holder, lookup, occurredAt, idempotencyKey, claims } = trial;
  return [
    `Accepted by the rule ${rule}; the claims match the schema of the program ${program}.`,
    ...(lookup === undefined ? [] : [`  looked up by    ${lookup.key}: ${JSON.stringify(lookup.asked)}`]),
    `  holder          ${holder ?? 'in the directory’s answer: give one with --answer FILE'}`,
    `  occurred at     ${occurredAt}`,
    `  idempotency key ${idempotencyKey}`,
    `  claims          ${JSON.stringify(claims, undefined, 2).replaceAll('\n', '\n                  ')}`,
  ].join('\n');
}
