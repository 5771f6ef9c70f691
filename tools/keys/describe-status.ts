/** Describes the status of the signing keys for a person. */
import type { KeyStatus, KeysStatus } from '../../lib/signing/keys-status.ts';
import type { RotationSchedule } from './keys-function.ts';

const duties = { current: 'signs', next: 'signs next', previous: 'signed' } as const;
const findings = {
  'as-in-the-ring': 'the keys of the ring and no other',
  'other-keys': 'NOT the keys of the ring: rotate, or see provider-refused-signature in docs/runbook.md',
  nothing: 'NOTHING readable: see provider-refused-signature in docs/runbook.md',
} as const;

export function describeStatus(status: KeysStatus, { last, next }: RotationSchedule, now: Date): string {
  if (status.keys.length === 0) return 'There are no signing keys yet: the first rotation has not ended.';
  const waits = status.signsFrom !== undefined && Date.parse(status.signsFrom) > now.getTime();
  const keys = status.keys.map((key) => lineOf(key, waits, status, now));
  const lines = [
    ...keys,
    `published      ${findings[status.published]}${status.publishedSince ? `, since ${status.publishedSince}` : ''}`,
    ...(waits ? [`waits          the current key signs from ${status.signsFrom}`] : []),
    `last rotation  ${last?.toISOString() ?? 'unknown'}`,
    `next rotation  ${next?.toISOString() ?? 'not scheduled here'}`,
    `a key must be public for ${status.publicMinutes} minutes before it signs`,
  ];
  return lines.join('\n');
}

function lineOf({ role, kid, madeAt }: KeyStatus, waits: boolean, { publishedKids }: KeysStatus, now: Date): string {
  const duty = role === 'current' && waits ? 'will sign' : duties[role];
  const age = madeAt === undefined ? 'of unknown age' : `made ${ageOf(madeAt, now)} ago`;
  const hidden = publishedKids.includes(kid) ? '' : ', NOT PUBLISHED';
  return `${role.padEnd(9)} ${kid}  ${duty}, ${age}${hidden}`;
}

function ageOf(time: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(time)) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
