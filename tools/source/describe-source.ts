/** Describes an added source for a person: what was guessed, what is open, the result for the event, and what to do next. */
import { describeTrial } from '../try/describe-trial.ts';
import type { PlannedSource } from './add-source.ts';
import type { OpenPart } from './draft-rule.ts';

export function describeDraft({ entry, draft }: PlannedSource): string {
  const { guessed, open } = draft;
  return [
    JSON.stringify(entry, undefined, 2),
    '',
    ...(guessed.length === 0 ? [] : ['Guessed from the event; check each:']),
    ...guessed.map(({ part, expression }) => `  ${part.padEnd(24)} ${expression}`),
    ...(open.length === 0 ? [] : ['Not found in the event:']),
    ...open.map(describeOpen),
    '',
  ].join('\n');
}

function describeOpen({ part, option, required, wants }: OpenPart): string {
  const wanted = wants === undefined ? '' : `   (${wants})`;
  return `  ${part.padEnd(24)} ${required ? 'required' : 'optional'}: ${option}${wanted}`;
}

export function describeSource(planned: PlannedSource, name: string, event: string, environment: string): string {
  const secret =
    environment === 'local'
      ? 'restart npm start, which makes a secret for it'
      : 'deploy, and store its secret: docs/sources.md, Proof';
  return [
    `${planned.file} has the source ${name}. Its endpoint is POST /v1/events/${name}.`,
    '',
    describeTrial(planned.trial),
    '',
    `Next: correct the rule (npx iob try --source ${name} --event ${event} --environment ${environment}), ${secret},`,
    `and send the event: npx iob trigger ${name} --event ${event} --environment ${environment}`,
  ].join('\n');
}
