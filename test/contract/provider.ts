/** The promises of the port `Provider`, which every adapter keeps against its sandbox. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Fetch } from '../../lib/http/connecting-fetch.ts';
import type { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { Submission } from '../../lib/issuance/provider.ts';
import { closedOrigin } from '../fakes/closed-origin.ts';
import type { TestJob } from '../fakes/test-job.ts';
import type { ConnectionChanges, ProviderTraits, ProviderUnderTest } from './provider-under-test.ts';
import { expectUntold, failureOf, stringsIn, told } from './untold.ts';

const unknownOutcome = 'unknown-outcome';
const garbled = ['html', 'truncated-json', 'wrong-content-type', 'empty', 'error-in-200', 'huge'];

export function describeProvider(name: string, traits: ProviderTraits): void {
  const acting = Object.keys(traits.acting);
  const operations = [...acting, 'status'];
  let provider: ProviderUnderTest;

  beforeAll(async () => {
    provider = await traits.start();
  });
  afterAll(() => provider.close());
  afterEach(() => provider.switchboard.reset());

  const arm = (operation: string, fault: Record<string, unknown>) =>
    provider.switchboard.merge({ faults: { tried: { operation, ...fault } } });
  const disarm = () => provider.switchboard.merge({ faults: { tried: null } });

  /** Carries out what an operation is part of, the fault striking only this operation. */
  async function errorOf(
    operation: string,
    fault: Record<string, unknown>,
    changes: ConnectionChanges = {},
    job = provider.job(),
  ): Promise<IssuanceError> {
    const adapter = provider.connect(changes);
    if (operation !== 'status') {
      arm(operation, fault);
      return failureOf(adapter.submit(job));
    }
    const { receipt } = await provider.connect().submit(job);
    await provider.settle();
    arm(operation, fault);
    return failureOf(adapter.check(job.submitted(receipt)));
  }

  /** Takes a lost job up again, as the life cycle does. */
  async function takeUp(job: TestJob): Promise<Submission> {
    await provider.settle();
    const adapter = provider.connect();
    const recovery = await adapter.recover(job.lost());
    return recovery.outcome === 'committed' ? recovery.submission : adapter.submit(job);
  }

  /** Where the recovery fails, the outcome stays unknown. */
  async function recoverInVain(job: TestJob): Promise<void> {
    const recovery = provider.connect().recover(job.lost());
    await recovery.catch((error: unknown) => expect(error).toMatchObject({ kind: unknownOutcome }));
  }

  async function expectIssuedOnce(job: TestJob, { receipt }: Submission): Promise<void> {
    await provider.settle();
    expect(provider.issuedFor(job)).toBe(1);
    expect(await provider.connect().check(job.submitted(receipt))).toMatchObject({
      state: 'confirmed',
      assurance: traits.assurance,
    });
  }

  describe(`${name} as a provider`, () => {
    test('hands over with a receipt, which is confirmed when asked about', async () => {
      const job = provider.job();
      const submission = await provider.connect().submit(job);
      expect(submission.knownAs).not.toBe('');
      await expectIssuedOnce(job, submission);
    });

    test('says whether asking may issue', () => {
      expect(provider.connect().askingMayIssue).toBe(traits.askingMayIssue);
    });

    test('keeps neither holder, claims nor credentials in receipt or progress', async () => {
      const job = provider.job();
      const { receipt, knownAs } = await provider.connect().submit(job);
      expectUntold(JSON.stringify([receipt, knownAs, job.progress]), job, provider.secrets());
    });

    describe('fault 1: a lost answer', () => {
      const losses = acting.flatMap((operation) => [[operation, true] as const, [operation, false] as const]);

      test.each(losses)('to %s (carried out: %s) is found out about: one credential', async (operation, commit) => {
        const job = provider.job();
        expect(await errorOf(operation, { kind: 'drop', commit, next: 1 }, {}, job)).toMatchObject({
          kind: unknownOutcome,
        });
        await expectIssuedOnce(job, await takeUp(job));
      });

      test.each(losses)('to %s (carried out: %s), whose recovery is lost too', async (operation, commit) => {
        const job = provider.job();
        await errorOf(operation, { kind: 'drop', commit, next: 1 }, {}, job);
        for (const again of operations) {
          await provider.settle();
          arm(again, { kind: 'drop', next: 1 });
          await recoverInVain(job);
        }
        disarm();
        await expectIssuedOnce(job, await takeUp(job));
      });

      test.each(losses)(
        'to %s (carried out: %s) is no failure because asking is refused',
        async (operation, commit) => {
          const job = provider.job();
          await errorOf(operation, { kind: 'drop', commit, next: 1 }, {}, job);
          await provider.settle();
          provider.switchboard.merge({ faults: { tried: { kind: 'status', status: 403 } } });
          await recoverInVain(job);
          disarm();
          await expectIssuedOnce(job, await takeUp(job));
        },
      );
    });

    describe('fault 24: 401', () => {
      test('has the credentials read again once, and the call made once more', async () => {
        const adapter = provider.connect();
        await adapter.submit(provider.job());
        await provider.replaceCredentials();
        const job = provider.job();
        const [reads, calls] = [provider.credentialReads(), provider.calls(acting[0] ?? '')];
        const submission = await adapter.submit(job);
        expect(provider.credentialReads() - reads).toBe(1);
        expect(provider.calls(acting[0] ?? '') - calls).toBe(2);
        await expectIssuedOnce(job, submission);
      });

      test.each(operations)('to %s again is the end: permanent, after two calls', async (operation) => {
        const job = provider.job();
        const { receipt } = operation === 'status' ? await provider.connect().submit(job) : { receipt: {} };
        const calls = provider.calls(operation);
        arm(operation, { kind: 'status', status: 401 });
        const adapter = provider.connect();
        const tried = operation === 'status' ? adapter.check(job.submitted(receipt)) : adapter.submit(job);
        expect(await failureOf(tried)).toMatchObject({ kind: 'permanent' });
        expect(provider.calls(operation) - calls).toBe(2);
      });
    });

    test.each(operations)('fault 16: 429 to %s: later, and when', async (operation) => {
      const fault = { kind: 'status', status: 429, retryAfter: 7 };
      expect(await errorOf(operation, fault)).toMatchObject({ kind: 'retry-later', retryAfterSeconds: 7 });
      const dated = { kind: 'status', status: 429, retryAfter: 'soon' };
      expect(await errorOf(operation, dated)).toMatchObject({ kind: 'retry-later', retryAfterSeconds: undefined });
    });

    describe.each(acting)('fault 17: to %s', (operation) => {
      test.each([500, 502, 504, 599])('%i leaves open what was done', async (status) => {
        expect(await errorOf(operation, { kind: 'status', status })).toMatchObject({ kind: unknownOutcome });
      });

      test('503 means what the contract says', async () => {
        const kind = traits.acting[operation]?.unavailable;
        expect(await errorOf(operation, { kind: 'status', status: 503 })).toMatchObject({ kind });
      });

      if (traits.acting[operation]?.body === 'needed')
        test.each([...garbled, 'cut-off'])('an answer that is %s leaves open what was done', async (body) => {
          const job = provider.job();
          const error = await errorOf(operation, { kind: 'garbage', body, next: 1 }, {}, job);
          expect(error.kind).toBe(unknownOutcome);
          await expectIssuedOnce(job, await takeUp(job));
        });
      else
        test.each(garbled)('an answer that is %s says enough by its status', async (body) => {
          const job = provider.job();
          arm(operation, { kind: 'garbage', body });
          await expectIssuedOnce(job, await provider.connect().submit(job));
        });

      test.each([400, 402, 403, 404, 418, 422])('%i is a refusal: permanent, with a code', async (status) => {
        const error = await errorOf(operation, { kind: 'status', status });
        expect(error.kind).toBe('permanent');
        expect(error.detail).toContain(`HTTP ${status}`);
      });

      test('a redirect is not followed', async () => {
        const unrouted = provider.calls('unrouted');
        expect(await errorOf(operation, { kind: 'redirect' })).toMatchObject({ kind: 'permanent' });
        expect(provider.calls('unrouted')).toBe(unrouted);
      });
    });

    test.each(acting)('fault 18: no answer to %s in time leaves open what was done', async (operation) => {
      const error = await errorOf(operation, { kind: 'hang', next: 1 }, { deadlineMs: 1000 });
      expect(error.kind).toBe(unknownOutcome);
    });

    test('fault 18: a provider that cannot be reached did nothing', async () => {
      const adapter = provider.connect({ baseUrl: await closedOrigin() });
      expect(await failureOf(adapter.submit(provider.job()))).toMatchObject({ kind: 'retry-later' });
    });

    describe('a status', () => {
      const standingUnder = async (switches: Record<string, unknown>) => {
        const job = provider.job();
        const { receipt } = await provider.connect().submit(job);
        await provider.settle();
        provider.switchboard.merge(switches);
        return provider.connect().check(job.submitted(receipt));
      };

      test('fault 46: of another id is not believed', async () => {
        const error = await failureOf(standingUnder(traits.answersAboutAnother));
        expect(error.kind).toBe(unknownOutcome);
      });

      test('fault 20: that nobody has seen is neither an end nor a success', async () => {
        expect(await standingUnder(traits.unseenStatus)).toMatchObject({ state: 'unrecognized' });
      });

      test('of what the provider does not know is missing', async () => {
        const asked = provider.job().submitted(traits.strangeReceipt);
        expect(await provider.connect().check(asked)).toEqual({ state: 'missing' });
      });

      test.each([
        { kind: 'status', status: 500 },
        { kind: 'status', status: 503 },
        { kind: 'drop' },
        { kind: 'garbage', body: 'html' },
      ])('that does not come is asked for again: %j', async (fault) => {
        const { kind } = await errorOf('status', fault);
        expect(['retry-later', unknownOutcome]).toContain(kind);
      });
    });

    describe('what an error tells', () => {
      const repeated = [400, 401, 403, 404, 409, 418, 422, 429, 500, 503];

      test.each(operations)('%s: nothing of what the provider repeats', async (operation) => {
        for (const status of repeated) {
          const job = provider.job();
          const message = [job.holder, ...stringsIn(job.claims), ...provider.secrets()].join(' ');
          const { receipt } = operation === 'status' ? await provider.connect().submit(job) : { receipt: {} };
          arm(operation, { kind: 'status', status, message });
          const adapter = provider.connect();
          const tried = operation === 'status' ? adapter.check(job.submitted(receipt)) : adapter.submit(job);
          const error = await tried.catch((thrown: unknown) => thrown);
          if (error instanceof Error) expectUntold(told(error), job, provider.secrets());
          disarm();
        }
      });

      test('nothing of what was sent', async () => {
        const job = provider.job();
        const loud: Fetch = async (url, options) => {
          throw new Error(`${url} ${JSON.stringify(options)}`);
        };
        expectUntold(told(await failureOf(provider.connect({ fetch: loud }).submit(job))), job, provider.secrets());
      });

      test('nothing of credentials that are not accepted', async () => {
        await provider.spoilCredentials();
        const job = provider.job();
        const error = await failureOf(provider.connect().submit(job));
        expect(error.kind).toBe('permanent');
        expectUntold(told(error), job, provider.secrets());
        await provider.replaceCredentials();
      });
    });
  });
}
