/** Whatever keeps work from moving rings an alarm within a quarter of an hour: the real parts in virtual time, the synthesized alarms. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import type { ErrorCode } from '../../lib/issuance/error-codes.ts';
import { waitAlarms } from '../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { rings } from '../fakes/alarm-evaluator.ts';
import { type Breakage, DeployedSystem } from '../fakes/deployed-system.ts';
import type { FaultHook } from '../fakes/faulty.ts';
import { resourcesOf, templatesOf } from '../infrastructure/synthesized.ts';

const minute = 60_000;
const environment = loadEnvironment('prod');
const { reconcileMinutes } = environment.limits;
const { stateful, stateless } = templatesOf(environment);
const alarms = [stateful, stateless]
  .flatMap((template) => resourcesOf(template, 'AWS::CloudWatch::Alarm'))
  .filter(([, { Properties }]) => Properties['Metrics'] === undefined);
const descriptionOf = new Map(alarms.map(([id, { Properties }]) => [id, String(Properties['AlarmDescription'])]));

/** Fails each of these calls before it is carried out. */
function refusing(error: Error, ...calls: string[]): FaultHook {
  return ({ call, when }) => {
    if (when === 'before' && calls.includes(call)) throw error;
  };
}

const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
const fails = (code: ErrorCode, ...calls: string[]) => refusing(new IssuanceError(code), ...calls);

interface Cause {
  breakage: Breakage;
  /** The issuance is with the provider already when it begins. */
  submitted?: true;
  /** Its message is lost too. */
  lost?: true;
  /** Its holder has to be looked up. */
  lookup?: true;
}

const lookups = waitAlarms()
  .map(({ code }) => code)
  .filter((code) => code.startsWith('lookup-'));
const lookingUp = lookups.map((code): [string, Cause] => [
  `${code}, on look-up`,
  { lookup: true, breakage: { worker: fails(code, 'directories.find') } },
]);
const handingOver = waitAlarms()
  // Both are another issuance's or another worker's doing, not a cause.
  .filter(({ code }) => code !== 'slot-busy' && code !== 'lease-lost' && !lookups.includes(code))
  .map(({ code }): [string, Cause] => [
    `${code}, on submission`,
    { breakage: { worker: fails(code, 'provider.submit') } },
  ]);
const asking = handingOver.map(([name]): [string, Cause] => {
  const code = name.split(',')[0] as ErrorCode;
  return [`${code}, on polling`, { submitted: true, breakage: { poller: fails(code, 'provider.check') } }];
});
const rightsOf = (part: 'worker' | 'poller', submitted: boolean, ...calls: string[]) =>
  calls.map((call): [string, Cause] => [
    `${part}: ${call} refused`,
    { breakage: { [part]: refusing(denied, call) }, ...(submitted && { submitted: true }) },
  ]);

const causes: [string, Cause][] = [
  ...handingOver,
  ...lookingUp,
  [
    '429 with retry-after of an hour',
    {
      breakage: {
        worker: refusing(new IssuanceError('provider-rate-limited', { retryAfterSeconds: 3600 }), 'provider.submit'),
      },
    },
  ],
  ...asking,
  ...rightsOf('worker', false, 'store.get', 'store.replace', 'slots.get', 'slots.acquire', 'pollers.start'),
  ...rightsOf('poller', true, 'store.getMany', 'store.replace', 'announcer.announce'),
  ['trigger: table refused', { breakage: { trigger: refusing(denied, 'store.create') } }],
  ['trigger: queue refused', { breakage: { trigger: refusing(denied, 'queue.send') } }],
  ['the bus refuses', { submitted: true, breakage: { poller: refusing(denied, 'announcer.announce') } }],
  [
    'the table refuses everyone',
    {
      breakage: Object.fromEntries(
        (['worker', 'poller', 'reconcile'] as const).map((part) => [
          part,
          refusing(denied, 'store.get', 'store.getMany', 'store.list', 'store.oldest', 'store.replace'),
        ]),
      ),
    },
  ],
  ['the worker does not run', { breakage: { worker: 'away' } }],
  [
    'the message is lost and reconcile may not send',
    { lost: true, breakage: { worker: 'away', reconcile: refusing(denied, 'queue.send') } },
  ],
  ['the poller does not run', { submitted: true, breakage: { poller: 'away' } }],
  ['reconcile does not run', { breakage: { reconcile: 'away' } }],
  ['reconcile may not read the index', { breakage: { reconcile: refusing(denied, 'store.list', 'store.oldest') } }],
];

/** Minutes from the beginning of the cause, `phase` minutes after a run of reconcile, to the first alarm. */
async function firstAlarm(
  { breakage, submitted, lost, lookup }: Cause,
  phase: number,
): Promise<{ minutes: number; says: string }> {
  const system = new DeployedSystem(breakage, reconcileMinutes);
  await system.run((30 + phase) * minute, true);
  // Just after a run of reconcile is the worst time.
  system.pipeline.world.clock.advance(10_000);
  const quiet = rings(alarms, system.measured, system.now - 10 * minute, system.now);
  expect(quiet.map(({ alarm }) => alarm)).toEqual([]);
  const begun = system.now;
  await system.accept(lookup);
  if (submitted) await system.pipeline.work();
  if (lost) for (const message of system.pipeline.world.queue.receive()) system.pipeline.world.queue.delete(message);
  await system.run(40 * minute);
  const [first] = rings(alarms, system.measured, begun, system.now);
  if (first === undefined) return { minutes: Number.POSITIVE_INFINITY, says: 'no alarm' };
  return { minutes: (first.at - begun) / minute, says: descriptionOf.get(first.alarm) ?? '' };
}

const table: [string, number, string][] = [];

describe('fault 42: a part of ours is broken', () => {
  test.each(causes)('%s: an alarm within 15 minutes', async (name, cause) => {
    const found = [];
    for (let phase = 0; phase < reconcileMinutes; phase += 1) found.push(await firstAlarm(cause, phase));
    const worst = found.reduce((a, b) => (b.minutes > a.minutes ? b : a));
    table.push([name, worst.minutes, worst.says]);
    expect(worst.minutes).toBeLessThanOrEqual(15);
  });

  test('a healthy system rings nothing in six hours of events', async () => {
    const system = new DeployedSystem({}, reconcileMinutes);
    for (let hour = 0; hour < 6; hour += 1) {
      await system.accept();
      await system.run(60 * minute, true);
    }
    expect(rings(alarms, system.measured, system.now - 5 * 60 * minute, system.now)).toEqual([]);
  });
});

afterAll(() => {
  const lines = table.map(([name, minutes, says]) => `| ${name} | ${minutes.toFixed(1)} | ${says.split('.\n')[0]} |`);
  const text = ['| cause | minutes | first alarm |', '| --- | --- | --- |', ...lines].join('\n');
  console.log(text);
});

test('the figures in docs/alarms.md name every cause', () => {
  const document = readFileSync('docs/alarms.md', 'utf8');
  expect(causes.filter(([name]) => !document.includes(`| ${name} |`))).toEqual([]);
});
