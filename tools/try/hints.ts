/** What a person can do about a trial that was refused; the event is that person’s own, so its names may be shown. */
import { readForm } from '../../lib/sources/deliveries/form.ts';
import type { EventTrial, Trial, TrialInput } from './event-trial.ts';

const mostNames = 20;

/** Sentences for a person; none if the refusal says enough. */
export function hintsFor(trial: Trial, { headers, body }: Pick<TrialInput, 'headers' | 'body'>): string[] {
  const refused = refusalsIn(trial);
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const hints = new Set<string>();
  for (const { code, detail = '' } of refused) {
    if (code === 'request-not-json' && type === undefined) hints.add(formHint);
    if (code === 'rule-failed' && detail.includes('finds nothing')) hints.add(namesHint(body, type));
  }
  return [...hints].filter((hint) => hint !== '');
}

function refusalsIn(trial: Trial): (EventTrial & { outcome: 'refused' })[] {
  return (trial.outcome === 'split' ? trial.events : [trial]).filter((event) => event.outcome === 'refused');
}

const formHint =
  'The body is read as JSON because no header says otherwise. If it is a form, put { "content-type": "application/x-www-form-urlencoded" } into a file EVENT.headers.json beside it.';

/** The first names of the body, each as a rule writes it. */
function namesHint(body: Buffer, type: string | undefined): string {
  const names = Object.keys(objectIn(body.toString('utf8'), type)).slice(0, mostNames);
  if (names.length === 0) return '';
  const written = names.map((name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``));
  return `The body has ${written.join(', ')}. A name with other characters than letters, digits and _ needs backticks in a rule.`;
}

function objectIn(text: string, type: string | undefined): object {
  if (type?.includes('form-urlencoded')) return readForm(text);
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
  } catch {
    return {};
  }
}
