/** The one canonical form of an e-mail address; what cannot have one is refused. */
import { describe, expect, test } from 'vitest';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { canonicalEmail } from '../../../lib/providers/air-kit/email.ts';

const local64 = 'a'.repeat(64);
const domainOf = (length: number) => `${'a.'.repeat(200)}com`.slice(-length);

describe('fault 31: the canonical form', () => {
  test.each<[string, string, string]>([
    ['as it is', 'ada@example.com', 'ada@example.com'],
    ['upper case', 'Ada.Lovelace@EXAMPLE.Com', 'ada.lovelace@example.com'],
    ['a tag stays', 'ada+news@example.com', 'ada+news@example.com'],
    ['dots stay', 'a.d.a@example.com', 'a.d.a@example.com'],
    ['specials of RFC 5322', "o'brien!#$%&*/=?^_`{|}~-@example.com", "o'brien!#$%&*/=?^_`{|}~-@example.com"],
    ['decomposed letters', 'zoe\u0308@example.com', 'zo\u00eb@example.com'],
    ['composed in lower case only', 'J\u030c@example.com', '\u01f0@example.com'],
    ['the Kelvin sign', '\u212Aim@example.com', 'kim@example.com'],
    ['another script', 'Дмитрий@example.com', 'дмитрий@example.com'],
    ['an IDN', 'ada@BÜCHER.example.com', 'ada@xn--bcher-kva.example.com'],
    ['a decomposed IDN', 'ada@bu\u0308cher.example.com', 'ada@xn--bcher-kva.example.com'],
    ['an IDN in ASCII', 'ada@XN--BCHER-KVA.example.com', 'ada@xn--bcher-kva.example.com'],
    ['full-width letters', 'ada@ｅｘａｍｐｌｅ.com', 'ada@example.com'],
    ['an ideographic full stop', 'ada@example。com', 'ada@example.com'],
    ['the longest name', `${local64}@example.com`, `${local64}@example.com`],
    ['the longest address', `ab@${domainOf(251)}`, `ab@${domainOf(251)}`],
  ])('%s', (_name, address, canonical) => expect(canonicalEmail(address)).toBe(canonical));
});

describe('fault 31: refused', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['no @', 'ada.example.com'],
    ['two @', 'ada@home@example.com'],
    ['no name', '@example.com'],
    ['no domain', 'ada@'],
    ['a name alone', 'ada@localhost'],
    ['a leading space', ' ada@example.com'],
    ['a trailing space', 'ada@example.com '],
    ['a space inside', 'ada lovelace@example.com'],
    ['a no-break space', 'ada\u00a0@example.com'],
    ['a zero-width space', 'ada\u200b@example.com'],
    ['a zero-width joiner', 'ada\u200d@example.com'],
    ['a byte order mark', '\ufeffada@example.com'],
    ['a right-to-left override', 'ada\u202e@example.com'],
    ['a soft hyphen in the domain', 'ada@exam\u00adple.com'],
    ['a zero-width space in the domain', 'ada@exam\u200bple.com'],
    ['CRLF', 'ada@example.com\r\nbcc: eve@example.com'],
    ['a newline in the name', 'ada\n@example.com'],
    ['a null byte', 'ada\0@example.com'],
    ['a lone surrogate', 'ada\ud800@example.com'],
    ['a lone surrogate in the domain', 'ada@exa\udc00mple.com'],
    ['quotes', '"ada lovelace"@example.com'],
    ['a display name', 'Ada <ada@example.com>'],
    ['a comment', 'ada(home)@example.com'],
    ['a comma', 'ada,eve@example.com'],
    ['a leading dot', '.ada@example.com'],
    ['a trailing dot', 'ada.@example.com'],
    ['two dots', 'ada..l@example.com'],
    ['an empty label', 'ada@example..com'],
    ['a trailing dot in the domain', 'ada@example.com.'],
    ['a label with a leading dash', 'ada@-example.com'],
    ['a label too long', `ada@${'a'.repeat(64)}.com`],
    ['broken punycode', 'ada@xn--\u00fc.example.com'],
    ['an IPv4 address', 'ada@127.0.0.1'],
    ['an IPv4 address in hexadecimal', 'ada@0x7f.1'],
    ['an IP literal', 'ada@[127.0.0.1]'],
    ['a port', 'ada@example.com:25'],
    ['a path', 'ada@example.com/x'],
    ['a query', 'ada@example.com?x'],
    ['percent-encoding in the domain', 'ada@ex%61mple.com'],
    ['a name of 65 octets', `${'a'.repeat(65)}@example.com`],
    ['a name of 65 octets in UTF-8', `${'é'.repeat(33)}@example.com`],
    ['an address of 255 octets', `a@${domainOf(253)}`],
    ['an address of 400', `ada@${'a'.repeat(60)}.${`${'a'.repeat(60)}.`.repeat(5)}com`],
  ])('%s', (_name, address) => {
    let error: unknown;
    try {
      canonicalEmail(address);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(IssuanceError);
    expect(error).toMatchObject({ code: 'holder-invalid' });
    if (address !== '') expect(error instanceof Error && error.message).not.toContain(address);
  });
});
