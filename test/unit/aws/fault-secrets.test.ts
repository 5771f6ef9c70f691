/** Secrets that are away, broken or asked for a thousand times at once. */
import { randomBytes } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { providerPorts } from '../../../lib/aws/provider-ports.ts';
import { pseudonyms } from '../../../lib/aws/pseudonyms.ts';
import { cachedSecret } from '../../../lib/aws/secrets.ts';
import { accountSecrets, apiTokenSecret, pseudonymKey, sourceSecret } from '../../../lib/aws/shared-secrets.ts';
import type { Fetch } from '../../../lib/http/connecting-fetch.ts';
import { firstRing } from '../../../lib/signing/key-ring.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';
import { hour } from '../../fakes/world.ts';

const minute = 60_000;
const times = { freshMs: 5 * minute, staleMs: hour, refreshEveryMs: 5000 };

/** A table that no pseudonym key has been used for yet. */
const unmarked = { keyCheck: async (own: string) => own };

/** A Secrets Manager that counts the reads of each secret. */
function countingSecrets(texts: Record<string, string>) {
  const reads: Record<string, number> = {};
  const send = async ({ input: { SecretId } }: { input: { SecretId: string } }) => {
    reads[SecretId] = (reads[SecretId] ?? 0) + 1;
    await new Promise(setImmediate);
    return { SecretString: texts[SecretId], VersionId: 'v1' };
  };
  return { client: { send } as unknown as SecretsManagerClient, reads };
}

describe('fault 26: Secrets Manager is away', () => {
  const secretIn = (clock: VirtualClock) => {
    const state = { down: false, reads: 0 };
    const read = async () => {
      state.reads += 1;
      if (state.down) throw new Error('throttled');
      return { version: 'v1', text: `value ${state.reads}` };
    };
    return { state, secret: cachedSecret(read, times, () => clock.now()) };
  };

  test('at first: an error that is tried again, and the first good read is used', async () => {
    const { state, secret } = secretIn(new VirtualClock());
    state.down = true;
    await expect(secret.read()).rejects.toMatchObject({ code: 'secret-unavailable', kind: 'retry-later' });
    state.down = false;
    expect((await secret.read()).text).toBe('value 2');
  });

  test('later: the last good value serves for its time and no longer', async () => {
    const clock = new VirtualClock();
    const { state, secret } = secretIn(clock);
    await secret.read();
    state.down = true;
    clock.advance(hour - 1);
    expect((await secret.read()).text).toBe('value 1');
    clock.advance(1);
    await expect(secret.read()).rejects.toMatchObject({ code: 'secret-unavailable' });
    state.down = false;
    expect((await secret.read()).text).toMatch(/^value \d+$/);
  });

  test('a secret without text is an internal error', async () => {
    const { client } = countingSecrets({});
    await expect(apiTokenSecret(client, 'tokens', () => new Date()).read()).rejects.toMatchObject({
      code: 'secret-unavailable',
    });
  });
});

describe('fault 38: a thousand at once after a cold start', () => {
  test('read each secret once', async () => {
    const ring = JSON.stringify(await firstRing());
    const accounts = JSON.stringify({ one: { apiKey: 'a' }, other: { apiKey: 'b' } });
    const texts = { ring, accounts, tokens: '{"tokens":[]}', names: randomBytes(32).toString('base64') };
    const { client, reads } = countingSecrets(texts);
    const now = () => new Date('2026-11-22T09:00:00.000Z');
    const settings = { signingKeysSecret: 'ring', providerAccountsSecret: 'accounts', callMs: 1000, connectMs: 300 };
    const noCeilings = { limit: (_account: string, fetch: Fetch) => fetch };
    const portsOf = providerPorts(client, settings, noCeilings, now);
    const tokens = apiTokenSecret(client, 'tokens', now);
    const naming = pseudonyms(pseudonymKey(client, 'names', now), unmarked);
    await Promise.all(
      Array.from({ length: 1000 }, async (_, n) => {
        const { partnerTokens, accountSecret } = portsOf(n % 2 === 0 ? 'one' : 'other');
        await Promise.all([
          partnerTokens.sign({ partnerId: 'p', email: `a${n}@example.com`, scope: 'issue on-behalf' }),
          accountSecret.read(),
          tokens.read(),
          naming.of('holder', String(n)),
        ]);
      }),
    );
    expect(reads).toEqual({ ring: 1, accounts: 1, tokens: 1, names: 1 });
  });
});

describe('a secret that an operator replaces', () => {
  const minute = 60_000;

  /** A Secrets Manager whose secret can be replaced and be unavailable. */
  function replaceable(first: string) {
    const state = { text: first, down: false };
    const send = async () => {
      if (state.down) throw new Error('throttled');
      return { SecretString: state.text, VersionId: state.text };
    };
    return { state, client: { send } as unknown as SecretsManagerClient };
  }

  test.each([
    ['tokens', apiTokenSecret],
    ['webhook secrets', sourceSecret],
  ])('%s: the old ones stop within a minute, and new ones work within seconds of being tried', async (_, open) => {
    const clock = new VirtualClock();
    const { state, client } = replaceable('old');
    const secret = open(client, 'secret', () => clock.now());
    expect((await secret.read()).text).toBe('old');
    state.text = 'new';
    clock.advance(minute);
    expect((await secret.read()).text).toBe('new');
    state.text = 'newest';
    clock.advance(10_000);
    expect((await secret.refresh()).text).toBe('newest');
  });

  test.each([
    ['tokens', apiTokenSecret],
    ['webhook secrets', sourceSecret],
  ])('%s: are not trusted for long while nobody can tell whether they still hold', async (_, open) => {
    const clock = new VirtualClock();
    const { state, client } = replaceable('old');
    const secret = open(client, 'secret', () => clock.now());
    await secret.read();
    state.down = true;
    clock.advance(10 * minute);
    expect((await secret.read()).text).toBe('old');
    clock.advance(24 * hour);
    await expect(secret.read()).rejects.toMatchObject({ code: 'secret-unavailable' });
  });

  test('an account’s: is found within seconds of a refusal, and within the hour without one', async () => {
    const clock = new VirtualClock();
    const text = (apiKey: string) => JSON.stringify({ one: { apiKey } });
    const { state, client } = replaceable(text('old'));
    const account = accountSecrets(client, 'accounts', () => clock.now())('one');
    expect(await account.read()).toEqual({ apiKey: 'old' });
    state.text = text('new');
    clock.advance(10_000);
    expect(await account.refresh()).toEqual({ apiKey: 'new' });
    state.text = text('newest');
    clock.advance(hour);
    expect(await account.read()).toEqual({ apiKey: 'newest' });
  });

  test('the key that names holders: is read once, whatever lies there later', async () => {
    const clock = new VirtualClock();
    const { state, client } = replaceable('k'.repeat(43));
    const names = pseudonyms(
      pseudonymKey(client, 'names', () => clock.now()),
      unmarked,
    );
    const before = await names.of('holder', 'ada@example.com');
    state.text = 'other'.repeat(9);
    clock.advance(1000 * hour);
    expect(await names.of('holder', 'ada@example.com')).toBe(before);
  });

  test('the key that names holders: one that is too short names nobody', async () => {
    for (const short of ['', 'k', 'k'.repeat(16)]) {
      const { client } = replaceable(short);
      const names = pseudonyms(
        pseudonymKey(client, 'names', () => new Date()),
        unmarked,
      );
      await expect(names.of('holder', 'ada@example.com')).rejects.toMatchObject({ code: 'secret-unavailable' });
    }
  });
});
