/** Fault 63: the same rule gives the same request on machines in other time zones. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const expressions = [
  '$toMillis("2026-11-22T08:00:00")',
  '$toMillis("2026-07-22T08:00:00.123")',
  '$toMillis("2026-11-22T08:00:00Z")',
  '$toMillis("2026-11-22T08:00:00+0100")',
  '$toMillis("2026-11-22")',
  '$toMillis("2026-11-22 08:00", "[Y]-[M]-[D] [H]:[m]")',
  '$toMillis("08:00", "[H]:[m]")',
  '$map(["2026-03-29T02:30:00"], $toMillis)',
  '$fromMillis(1763798400000)',
  '$fromMillis(1763798400000, "[Y]-[M01]-[D01] [H01]:[m01]")',
  '$time("2026-11-22 08:00:00")',
  '$time("2026-11-22")',
  '$time("2026-11-22 08:00:00", "Europe/Vienna")',
  '$time(1763798400)',
];

const script = `
import { evaluate } from './lib/sources/rules/evaluate.ts';
import { RuleTime } from './lib/sources/rules/rule-time.ts';
const results = [];
for (const text of ${JSON.stringify(expressions)}) {
  results.push(await evaluate(text, { input: {}, variables: {}, time: new RuleTime() }));
}
console.log(JSON.stringify({ results, offset: new Date(0).getTimezoneOffset() }));
`;

function resultsIn(zone: string): { results: { value?: unknown }[]; offset: number } {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, TZ: zone } }));
}

test.each(['Pacific/Auckland', 'America/St_Johns'])('fault 63: in %s as in UTC', (zone) => {
  const [here, utc] = [resultsIn(zone), resultsIn('UTC')];
  expect(here.results).toEqual(utc.results);
  expect([here.offset === 0, utc.offset], 'the zones were in force').toEqual([false, 0]);
  expect(utc.results.slice(0, 3)).toEqual([
    { value: Date.UTC(2026, 10, 22, 8) },
    { value: Date.UTC(2026, 6, 22, 8, 0, 0, 123) },
    { value: Date.UTC(2026, 10, 22, 8) },
  ]);
  expect(utc.results[6]).toEqual({ value: 8 * 3600_000 });
});

test('fault 63: so does the command that tries an event', () => {
  const args = ['tools/iob.ts', 'try', '--json', '--source', 'kyc-vendor'];
  const event = ['--event', 'config/examples/kyc-vendor/applicant-reviewed.json'];
  const outputs = ['Pacific/Auckland', 'UTC'].map((TZ) =>
    execFileSync(process.execPath, [...args, ...event], { encoding: 'utf8', env: { ...process.env, TZ } }),
  );
  expect(outputs[0]).toBe(outputs[1]);
  expect(outputs[0]).toContain('"outcome": "accepted"');
});
