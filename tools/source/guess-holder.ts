/** Guesses who the credential of an event is for. */
import type { Program } from '../../lib/issuance/program.ts';
import { type EventValue, wordsOf } from './event-values.ts';

const people = new Set([
  'customer',
  'user',
  'attendee',
  'member',
  'applicant',
  'person',
  'recipient',
  'buyer',
  'holder',
  'billing',
  'payer',
  'owner',
]);
const others = new Set([
  'sender',
  'from',
  'merchant',
  'support',
  'organizer',
  'admin',
  'shop',
  'staff',
  'agent',
  'reviewer',
]);
const keys = new Set(['externalkey', 'external_key', 'external-key', 'walletkey', 'wallet_key', 'wallet']);

/** Undefined if no member looks like it. */
export function guessHolder(values: readonly EventValue[], program: Program): EventValue | undefined {
  const isAddress = !takes(program, 'not-an-address');
  const score = ({ names, value }: EventValue) => {
    if (typeof value !== 'string' || !takes(program, value)) return 0;
    const words = names.flatMap(wordsOf);
    const about = Number(words.some((word) => people.has(word))) - 3 * Number(words.some((word) => others.has(word)));
    if (isAddress) return 4 + Number(words.includes('email') || words.includes('mail')) + about;
    return keys.has((names.at(-1) ?? '').toLowerCase()) ? 5 + about : 0;
  };
  const scored = values.map((value) => ({ value, score: score(value) })).filter((one) => one.score > 0);
  return scored.sort((one, other) => other.score - one.score)[0]?.value;
}

/** Whether the program's provider can know a holder by this name. */
function takes(program: Program, holder: string): boolean {
  try {
    program.canonicalHolder(holder);
    return true;
  } catch {
    return false;
  }
}
