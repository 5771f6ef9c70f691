/** A provider that the product does not have: a folder, and a line in the registry it is given. The rest follows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept } from '../../lib/accept/accept.ts';
import { ConfigurationError, parseEnvironment } from '../../lib/config/load-environment.ts';
import { retry } from '../../lib/operate/retry.ts';
import { programsOf } from '../../lib/programs/programs.ts';
import { providers } from '../../lib/providers/registry.ts';
import { claimsWith } from '../fakes/checked-environment.ts';
import { Pipeline } from '../fakes/pipeline.ts';
import { restIssuer } from '../providers/rest-issuer/rest-issuer.ts';
import { RestIssuerTestAccount } from './rest-issuer-account.ts';

const known = { ...providers, 'rest-issuer': restIssuer };
const claims = { tier: 'Platinum', since: '2026-11-20' };

let account: RestIssuerTestAccount;

beforeAll(async () => {
  account = await RestIssuerTestAccount.start();
});
afterAll(() => account.close());

const written = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    environment: 'test',
    region: 'eu-west-1',
    alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
    accounts: { club: { provider: 'rest-issuer', baseUrl: account.sandbox.url, ...changes } },
    programs: {
      membership: {
        account: 'club',
        credential: { type: 'membership' },
        claims: claimsWith({ tier: { type: 'string' }, since: { type: 'string', format: 'date' } }),
      },
    },
  });

/** The pipeline with the programs of this environment. */
function pipeline(): Pipeline {
  const made = new Pipeline();
  made.programs = programsOf(parseEnvironment(written(), 'test.json', known), () => account.ports(), known);
  return made;
}

async function accepted({ world, ...made }: Pipeline, holder: string) {
  const programs = made.programs ?? expect.unreachable();
  return accept(world.request({ idempotencyKey: `joined-${holder}`, program: 'membership', holder, claims }), {
    ...world.ports(),
    programs,
  });
}

test('an event for a program of it ends confirmed, under the one form of its holder', async () => {
  const made = pipeline();
  await accepted(made, 'm-1');
  expect(await made.settle()).toMatchObject([{ status: 'confirmed', assurance: 'provider-reported' }]);
  expect(account.sandbox.issued.filter(({ holder }) => holder === 'M-1')).toHaveLength(1);
});

test('fault 1: a lost answer is found out about, and one credential issued', async () => {
  const made = pipeline();
  await accepted(made, 'M-2');
  account.switchboard.merge({ faults: { lost: { kind: 'drop', operation: 'issue', next: 1 } } });
  expect(await made.settle()).toMatchObject([{ status: 'confirmed', attempt: { number: 2 } }]);
  expect(account.calls('issue')).toBeGreaterThan(1);
  expect(account.sandbox.issued.filter(({ holder }) => holder === 'M-2')).toHaveLength(1);
});

test('an operator retries what failed, under a key of its own', async () => {
  const made = pipeline();
  await accepted(made, 'M-3');
  account.switchboard.merge({ state: 'failed' });
  const [failed = expect.unreachable()] = await made.settle();
  expect(failed).toMatchObject({ status: 'failed', reason: { code: 'credential-exchange-failed' } });
  account.switchboard.reset();
  await retry(failed, made.ports());
  expect(await made.settle()).toMatchObject([{ status: 'confirmed' }]);
  const keys = account.sandbox.issued.filter(({ holder }) => holder === 'M-3').map(({ key }) => key);
  expect(keys).toEqual([failed.id, `${failed.id}.1`]);
});

test('what its folder refuses is refused', async () => {
  await expect(accepted(pipeline(), 'ada@example.com')).rejects.toMatchObject({ code: 'holder-invalid' });
  expect(() => parseEnvironment(written({ partnerId: '1' }), 'test.json', known)).toThrow(
    /accounts\.club: .*partnerId/,
  );
});

test('an environment of the product itself knows nothing of it', () => {
  expect(() => parseEnvironment(written(), 'test.json')).toThrow(ConfigurationError);
});
