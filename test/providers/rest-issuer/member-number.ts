/** The REST issuer knows a holder by a member number. */
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';

/** In capital letters. Throws `holder-invalid`. */
export function canonicalMemberNumber(holder: string): string {
  const canonical = holder.toUpperCase();
  if (/^M-[0-9A-Z]{1,32}$/.test(canonical)) return canonical;
  throw new IssuanceError('holder-invalid', { detail: 'a member number is M- with up to 32 letters and digits' });
}
