/** Ids in the notation of other ids. */
import { randomInt, randomUUID } from 'node:crypto';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const changedCharacters = 12;

/** An id of the same length and kind: its last letters and digits are replaced by others. */
export function freshId(id: string): string {
  if (uuid.test(id)) return randomUUID();
  let left = changedCharacters;
  const characters = [...id].reverse().map((character) => {
    const alphabet = alphabetOf(character);
    if (alphabet === undefined || left === 0) return character;
    left -= 1;
    return alphabet[randomInt(alphabet.length)];
  });
  return characters.reverse().join('');
}

/** Without 0, so that a number keeps its length; hexadecimal letters stay hexadecimal. */
function alphabetOf(character: string): string | undefined {
  if (/\d/.test(character)) return '123456789';
  if (/[a-f]/.test(character)) return 'abcdef';
  if (/[A-F]/.test(character)) return 'ABCDEF';
  if (/[g-z]/.test(character)) return 'ghijklmnopqrstuvwxyz';
  return /[G-Z]/.test(character) ? 'GHIJKLMNOPQRSTUVWXYZ' : undefined;
}
