/** Bearer tokens: which source, which scope, and what happens while the secret changes or is broken. */
import { describe, expect, test } from 'vitest';
import { authenticate, newToken, scopes } from '../../../lib/sources/api-tokens.ts';

const shop = newToken('shop', scopes);
const next = newToken('shop', ['issue']);
const bank = newToken('bank', ['read']);

/** A secret whose cache holds one text, and which holds another. */
function secret(cached: unknown, fresh: unknown = cached) {
  const text = (value: unknown) => ({ text: typeof value === 'string' ? value : JSON.stringify(value) });
  const reads = { refreshed: 0 };
  const refresh = async () => {
    reads.refreshed += 1;
    return text(fresh);
  };
  return { read: async () => text(cached), refresh, reads };
}

const all = { tokens: [shop.entry, next.entry, bank.entry] };

describe('a token', () => {
  test.each([
    [shop.token, 'shop'],
    [next.token, 'shop'],
  ])('%#: belongs to its source, several to one', async (token, source) => {
    expect(await authenticate(`Bearer ${token}`, 'issue', secret(all))).toBe(source);
    expect(await authenticate(`bearer ${token}`, 'issue', secret(all))).toBe(source);
  });

  test('is shown once: only its hash is kept', () => {
    expect(JSON.stringify(shop.entry)).not.toContain(shop.token.slice(4));
    expect(shop.entry.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('may do what its scopes say and nothing else', async () => {
    expect(await authenticate(`Bearer ${bank.token}`, 'read', secret(all))).toBe('bank');
    await expect(authenticate(`Bearer ${bank.token}`, 'issue', secret(all))).rejects.toMatchObject({
      code: 'scope-missing',
    });
  });

  test.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer  ${shop.token}`,
    `Bearer ${shop.token} x`,
    `Basic ${shop.token}`,
    shop.token,
    `Bearer ${shop.token.slice(0, -1)}`,
    `Bearer ${shop.token}a`,
    `Bearer ${shop.entry.sha256}`,
    `Bearer ${'x'.repeat(257)}`,
  ])('is not %j', async (authorization) => {
    await expect(authenticate(authorization, 'read', secret(all))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('that was added a moment ago is found by reading again; a known one reads nothing', async () => {
    const changed = secret({ tokens: [bank.entry] }, all);
    expect(await authenticate(`Bearer ${shop.token}`, 'issue', changed)).toBe('shop');
    expect(changed.reads.refreshed).toBe(1);
    await authenticate(`Bearer ${bank.token}`, 'read', changed);
    expect(changed.reads.refreshed).toBe(1);
  });
});

describe('a secret that is broken', () => {
  test.each(['hello', '{}', '{"tokens":[{"source":"Shop","sha256":"x"}]}', '{"tokens":[],"extra":1}'])(
    '%s is an internal error, and is not repeated',
    async (text) => {
      const error = await authenticate(`Bearer ${shop.token}`, 'read', secret(text)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'secret-unavailable', cause: undefined });
      expect(String(error)).not.toContain(text);
    },
  );
});
