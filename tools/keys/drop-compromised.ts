/** The emergency: which keys go, and what is said afterwards. */
import type { KeysFunction } from './keys-function.ts';

/** `which` names keys by their `kid`s, or says all of them, or the one that signs. Gives what an operator should read. */
export async function dropCompromised(keys: KeysFunction, which: 'all' | 'current' | string[]): Promise<string> {
  const { keys: ring } = await keys.status();
  const meant = ring.filter(({ role }) => which === 'all' || role === which);
  const kids = Array.isArray(which) ? which : meant.map(({ kid }) => kid);
  if (kids.length === 0) throw new Error('There are no signing keys yet');
  try {
    const { dropped, signs, signsFrom } = await keys.drop(kids);
    return [
      ...dropped.map((kid) => `dropped   ${kid}`),
      ...(dropped.length === 0 ? ['None of these keys is in the ring (any more); it was published again.'] : []),
      `signs     ${signs}${signsFrom === undefined ? '' : ` from ${signsFrom}, when it has been public for long enough`}`,
      'The key set at the public address was checked: every key of the ring verifies there.',
      'Providers that cache the old key set accept the dropped keys until their copy is too old: tell them.',
    ].join('\n');
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    const again = `rotate --now --kid ${kids.join(' --kid ')}`;
    throw new Error(`It is not certain that all was done (${why}). To be safe, repeat it as: ${again}`, {
      cause: error,
    });
  }
}
