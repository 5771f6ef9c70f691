/** One program whose account is broken, among others: the others do not notice. */
import type { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { accountSecrets } from '../../../lib/aws/shared-secrets.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import type { Programs } from '../../../lib/issuance/program.ts';
import type { Provider } from '../../../lib/issuance/provider.ts';
import { Pipeline } from '../../fakes/pipeline.ts';
import { SingleProgram } from '../../fakes/single-program.ts';

function brokenProvider(code: ErrorCode): Provider {
  const refuse = async () => {
    throw new IssuanceError(code);
  };
  return { askingMayIssue: false, submit: refuse, recover: refuse, check: refuse };
}

/** `program-broken` at a provider that is, every other at one that works. */
function twoPrograms(good: Provider, code: ErrorCode): Programs {
  const [well, broken] = [new SingleProgram(good), new SingleProgram(brokenProvider(code))];
  return {
    find: (name) => well.find(name),
    provider: (name) => (name === 'program-broken' ? broken : well).provider(name),
  };
}

describe('fault 39: one account is broken', () => {
  test.each<[ErrorCode, string]>([
    ['provider-refused-signature', 'failed'],
    ['provider-unavailable', 'queued'],
    ['provider-rate-limited', 'queued'],
    ['provider-answer-lost', 'submitting'],
    ['secret-unavailable', 'queued'],
  ])('%s: what is for it is %s, everything else is issued at its first delivery', async (code, status) => {
    const pipeline = new Pipeline();
    const { world } = pipeline;
    pipeline.programs = twoPrograms(pipeline.provider, code);
    for (let n = 0; n < 100; n += 1) {
      const changes = { idempotencyKey: `e-${n}`, program: n % 2 === 0 ? 'program-a' : 'program-broken' };
      await accept(world.request({ ...changes, holder: `holder-${n}@example.com` }), pipeline.ports());
    }
    for (let batches = 0; batches < 10; batches += 1) await pipeline.work();
    const statuses = (program: string) =>
      new Set(world.store.all().flatMap((each) => (each.program === program ? [each.status] : [])));
    expect(statuses('program-a')).toEqual(new Set(['submitted']));
    expect(statuses('program-broken')).toEqual(new Set([status]));
    expect(pipeline.provider.issued).toHaveLength(50);
    expect(world.queue.deadLetters).toEqual([]);
  });

  test('the secret of one account is malformed: the others are read', async () => {
    const text = JSON.stringify({ broken: 'a text', alsoBroken: { apiKey: 7 }, good: { apiKey: 'k' } });
    const send = async (_command: GetSecretValueCommand) => ({ SecretString: text, VersionId: 'v1' });
    const secretOf = accountSecrets({ send } as unknown as SecretsManagerClient, 'accounts', () => new Date());
    expect(await secretOf('good').read()).toEqual({ apiKey: 'k' });
    expect(await secretOf('none').read()).toEqual({});
    for (const account of ['broken', 'alsoBroken'])
      await expect(secretOf(account).read()).rejects.toMatchObject({ code: 'secret-unavailable' });
  });
});
