/** The canonical form of an e-mail address: the same in the slot's key, in the Partner JWT and in every comparison. */
import { domainToASCII } from 'node:url';
import { IssuanceError } from '../../issuance/issuance-error.ts';

/** RFC 5321 section 4.5.3.1, in octets. */
const mostLocalOctets = 64;
const mostOctets = 254;

/** The characters of a local part: dot-atoms of RFC 5322, and letters and digits of other scripts (RFC 6531). */
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Lower case, NFC, the domain in its ASCII form (RFC 5891). Spaces, quotes, control and zero-width characters are
 * refused rather than removed, because their intention is unknown. Throws `holder-invalid`.
 */
export function canonicalEmail(address: string): string {
  if (!address.isWellFormed()) throw invalid('it has broken characters');
  const at = address.lastIndexOf('@');
  if (at < 1 || at !== address.indexOf('@')) throw invalid('it must have one @ with a name before it');
  // Some letters have a composed form in lower case only.
  const local = address.slice(0, at).normalize('NFC').toLowerCase().normalize('NFC');
  const domain = canonicalDomain(address.slice(at + 1));
  if (!localPart.test(local)) throw invalid('the part before the @ has characters that are not allowed');
  const canonical = `${local}@${domain}`;
  if (Buffer.byteLength(local) > mostLocalOctets || Buffer.byteLength(canonical) > mostOctets)
    throw invalid('it is too long');
  return canonical;
}

function canonicalDomain(domain: string): string {
  // domainToASCII silently removes some characters and treats others as the end of the domain.
  if (/[\s\p{C}/?#\\:@[\]%]/u.test(domain)) throw invalid('the domain has characters that are not allowed');
  const ascii = domainToASCII(domain.normalize('NFC')).toLowerCase();
  const labels = ascii.split('.');
  const lastLabel = labels.at(-1) ?? '';
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || /^\d+$/.test(lastLabel)) {
    throw invalid('the domain is not a domain name');
  }
  return ascii;
}

function invalid(why: string): IssuanceError {
  return new IssuanceError('holder-invalid', { detail: `as an e-mail address, ${why}` });
}
