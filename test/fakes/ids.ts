/** Ids of a test, by a letter or a number. */
import { type IssuanceId, issuanceId } from '../../lib/issuance/ids.ts';

export function iss(letter: string): IssuanceId {
  return issuanceId(`iss_${letter.repeat(27)}`);
}

/** Of no issuance. */
export const nobody = iss('0');
