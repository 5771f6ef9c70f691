/** The emergency: removes compromised keys, and describes the result for the operator. */
import type { Dropped } from '../../lib/signing/emergency.ts';
import type { KeysFunction } from './keys-function.ts';

/** `which` names the keys by their `kid`s, or is `all`, or `current` for the key that signs. */
export async function dropCompromised(keys: KeysFunction, which: 'all' | 'current' | string[]): Promise<Dropped> {
  const { keys: ring } = await keys.status();
  const meant = ring.filter(({ role }) => which === 'all' || role === which);
  const kids = Array.isArray(which) ? which : meant.map(({ kid }) => kid);
  if (kids.length === 0) throw new Error('There are no signing keys yet');
  try {
    return await keys.drop(kids);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    const again = `iob keys rotate --now --kid ${kids.join(' --kid ')}`;
    throw new Error(`It is not certain that the removal is complete (${why}). To be safe, repeat it as: ${again}`, {
      cause: error,
    });
  }
}

export function describeDropped({ dropped, signs, signsFrom }: Dropped): string {
  return [
    ...dropped.map((kid) => `dropped   ${kid}`),
    ...(dropped.length === 0 ? ['None of these keys is in the ring (any more); the JWKS was published again.'] : []),
    `signs     ${signs}${signsFrom === undefined ? '' : ` from ${signsFrom}, when it has been public for long enough`}`,
    'The JWKS at the public address was checked: every key of the ring verifies there.',
    'Providers that cache the old JWKS accept the removed keys until their copy expires: tell them.',
  ].join('\n');
}
