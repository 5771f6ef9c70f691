/** The offer in a minted request URI: taken out of whatever it looks like, decoded once, and never from elsewhere. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offerUriOf } from '../../../lib/providers/credenco/offer-uri.ts';

const own = 'https://wallet.credenco.com';
const wallets = 'https://wallets.example';
const offer = `${own}/api/oidc/credential-offer/abc123`;
const encoded = encodeURIComponent(offer);

function read(requestUri: string): string {
  try {
    return offerUriOf(requestUri, [own, wallets]);
  } catch (error) {
    const { code, detail } = error as { code?: string; detail?: string };
    return `${code}: ${detail}`;
  }
}

describe('an offer by reference', () => {
  test.each([
    ['as the contract has it, not encoded', `openid-credential-offer://?credential_offer_uri=${offer}`],
    ['encoded', `openid-credential-offer://?credential_offer_uri=${encoded}`],
    ['with a host', `openid-credential-offer://host/path?credential_offer_uri=${encoded}`],
    ['on a customer’s wallet', `https://customerwallet.com/?credential_offer_uri=${offer}`],
    ['under another scheme', `haip-vci://?credential_offer_uri=${encoded}`],
    ['without slashes', `openid-credential-offer:?credential_offer_uri=${encoded}`],
    ['among other parameters', `openid-credential-offer://?state=1&credential_offer_uri=${encoded}&x=%zz`],
    ['before a fragment', `openid-credential-offer://?credential_offer_uri=${encoded}#credential_offer=1`],
    ['with a scheme in capitals', `OPENID-CREDENTIAL-OFFER://?credential_offer_uri=${encoded}`],
  ])('%s', (_name, requestUri) => {
    expect(read(requestUri)).toBe(offer);
  });

  test('may lie where the wallets are', () => {
    const there = `${wallets}/offer/1`;
    expect(read(`openid-credential-offer://?credential_offer_uri=${encodeURIComponent(there)}`)).toBe(there);
  });

  test.each([
    ['one parameter', `${offer}?id=1`],
    ['several', `${offer}?id=1&form=short&flag`],
    ['several, after others of the request URI', `${offer}?id=1&state=2`, 'state=1&'],
    ['an ampersand and nothing behind it', `${offer}?id=1&`],
    ['in capitals', `HTTPS${offer.slice(5)}?id=1&form=short`],
  ])('not encoded, with a query of its own, is taken whole: %s', (_name, whole, before = '') => {
    expect(read(`openid-credential-offer://?${before}credential_offer_uri=${whole}`)).toBe(whole);
  });

  test('not encoded and without a query of its own ends at the next parameter', () => {
    expect(read(`openid-credential-offer://?credential_offer_uri=${offer}&state=1?2`)).toBe(offer);
  });

  test('encoded with a query of its own ends at the next parameter', () => {
    const own = `${offer}?id=1&form=short`;
    expect(read(`openid-credential-offer://?credential_offer_uri=${encodeURIComponent(own)}&state=1`)).toBe(own);
  });

  test('is decoded exactly once', () => {
    const twice = `${own}/offer/a%2520b%252Fc+d?x=1%26y`;
    expect(read(`x://?credential_offer_uri=${encodeURIComponent(twice)}`)).toBe(twice);
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        const { origin, pathname, search } = new URL(url);
        const text = `${origin}${pathname}${search}`;
        expect(offerUriOf(`x://?credential_offer_uri=${encodeURIComponent(text)}`, [origin])).toBe(text);
      }),
    );
  });
});

describe('fault 29: an offer that is not to be used', () => {
  const by = (value: string) => `openid-credential-offer://?credential_offer_uri=${value}`;
  const elsewhere = 'credential_offer_uri is on another origin than the account';
  test.each([
    ['encoded twice', by(encodeURIComponent(encoded)), 'credential_offer_uri is no URI'],
    ['by value', 'openid-credential-offer://?credential_offer=%7B%7D', 'the offer is passed by value'],
    ['missing', 'openid-credential-offer://?state=1', 'there is no credential_offer_uri'],
    ['only in the fragment', `x://?a=1#credential_offer_uri=${encoded}`, 'there is no credential_offer_uri'],
    ['empty', by(''), 'credential_offer_uri is no URI'],
    ['several', `${by(encoded)}&credential_offer_uri=${encoded}`, 'there are several credential_offer_uri'],
    [
      'several, in a query',
      `${by(offer)}?a=1&credential_offer_uri=${encoded}`,
      'there are several credential_offer_uri',
    ],
    ['no query', 'openid-credential-offer://', 'the request URI has no query'],
    ['no URI', 'not a URI', 'the request URI has no query'],
    ['badly encoded', by('https%3A%2F%2Fwallet%zz'), 'credential_offer_uri is badly encoded'],
    ['relative', by('%2Fapi%2Foffer'), 'credential_offer_uri is no URI'],
    ['not https', by('http://wallet.credenco.com/offer'), elsewhere],
    ['other port', by('https://wallet.credenco.com:8443/offer'), elsewhere],
    ['other host', by('https://wallet.credenco.com.evil.example/offer'), elsewhere],
    ['subdomain', by('https://x.wallet.credenco.com/offer'), elsewhere],
    ['file', by('file:///etc/passwd'), elsewhere],
    ['data', by('data:application/json,{}'), elsewhere],
    ['metadata address', by('http://169.254.169.254/latest/'), elsewhere],
    ['IPv6-mapped', by('http://[::ffff:169.254.169.254]/'), elsewhere],
    ['userinfo, other host', by('https://wallet.credenco.com@evil.example/'), 'credential_offer_uri has user info'],
    ['userinfo, own host', by('https://a:b@wallet.credenco.com/'), 'credential_offer_uri has user info'],
    [
      'backslash',
      by('https://wallet.credenco.com%5C@evil.example/'),
      'credential_offer_uri has characters that no URI has',
    ],
    ['line feed', by('https://wallet.credenco.com/%0A'), 'credential_offer_uri has characters that no URI has'],
    ['tab in the scheme', by('ht%09tps://wallet.credenco.com/'), 'credential_offer_uri has characters that no URI has'],
    ['space before', by('%20https://wallet.credenco.com/'), 'credential_offer_uri has characters that no URI has'],
    ['endless', by(`${own}/${'a'.repeat(2048)}`), 'credential_offer_uri has more than 2048 characters'],
  ])('%s', (_name, requestUri, why) => {
    expect(read(requestUri)).toBe(`offer-unusable: ${why}`);
  });

  test('nothing but offer-unusable is ever thrown, and what is accepted is on an origin of ours', () => {
    const part = fc.constantFrom(
      'credential_offer_uri=',
      own,
      '@',
      '\\',
      '%2F',
      '%25',
      'evil.example',
      '/',
      '&',
      '#',
      '?',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 12 }), (parts) => {
        const result = read(`x:?${parts.join('')}`);
        if (!result.startsWith('offer-unusable: ')) expect([own, wallets]).toContain(new URL(result).origin);
      }),
    );
  });
});
