/** The credential offer in a minted `request_uri`: OpenID for Verifiable Credential Issuance 1.0, section 4.1. */
import { IssuanceError } from '../../issuance/issuance-error.ts';

const mostCharacters = 2048;
const name = 'credential_offer_uri';

/**
 * The `credential_offer_uri` of a request URI with any scheme and host, decoded exactly once. It must be on one of
 * our own origins, because the wallet will fetch it at our request. Throws `offer-unusable`.
 */
export function offerUriOf(requestUri: string, origins: readonly string[]): string {
  const query = /^[a-z][a-z0-9+.-]*:[^?#]*\?([^#]*)/i.exec(requestUri)?.[1];
  if (query === undefined) throw unusable('the request URI has no query');
  const pairs = query.split('&');
  const names = pairs.map((pair) => pair.split('=', 1)[0]);
  const place = names.indexOf(name);
  if (place === -1) {
    const byValue = names.includes('credential_offer');
    throw unusable(byValue ? 'the offer is passed by value' : `there is no ${name}`);
  }
  if (names.lastIndexOf(name) !== place) throw unusable(`there are several ${name}`);
  const own = pairs[place] ?? '';
  const value = hasOwnQuery(own) ? pairs.slice(place).join('&') : own;
  return checkedUri(value.slice(name.length + 1), origins);
}

/**
 * Whether the offer URI was inserted unencoded with its own query: then the rest belongs to that query. Cutting it at the
 * next `&` would change the address.
 */
function hasOwnQuery(pair: string): boolean {
  return /^[^=]*=https?:\/\/[^?]*\?/i.test(pair);
}

function checkedUri(encoded: string, origins: readonly string[]): string {
  const text = decodeOnce(encoded);
  if (text.length > mostCharacters) throw unusable(`${name} has more than ${mostCharacters} characters`);
  // Parsers differ on these characters: what looks like our origin here could be another origin for the wallet.
  if (/[\\\s\p{Cc}]/u.test(text)) throw unusable('credential_offer_uri has characters that no URI has');
  if (!URL.canParse(text)) throw unusable('credential_offer_uri is no URI');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw unusable('credential_offer_uri has user info');
  // Our origins are https, or http on this machine: see provider-url.ts.
  if (!origins.includes(url.origin)) throw unusable('credential_offer_uri is on another origin than the account');
  return text;
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unusable('credential_offer_uri is badly encoded');
  }
}

function unusable(detail: string): IssuanceError {
  return new IssuanceError('offer-unusable', { detail });
}
