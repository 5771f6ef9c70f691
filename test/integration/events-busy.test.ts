/** Fault 61: a machine that is too busy to apply a rule is no fault of the event: the sender may repeat it. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deliver, plainEvent, plainRule, sourceWith } from '../fakes/deliveries.ts';
import { senderOf } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';

const sender = senderOf('github');
const secret = sender.newSecret();
const body = JSON.stringify({ ...plainEvent, text: `${'a'.repeat(60)}!` });

async function send(world: World, claims: string) {
  const to = { sources: { shop: sourceWith(sender.proof, [{ ...plainRule, claims }]) }, secrets: { shop: [secret] } };
  return deliver(world, to, { body, headers: await sender.sign(body, secret, world.clock.now()) });
}

const loop = '($f := function($n){ $n = 0 ? claims : $f($n - 1) }; $f(2000))';

afterEach(() => void vi.restoreAllMocks());

describe('fault 61: a rule', () => {
  test('is not refused because the clock went on without computing', async () => {
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    const world = new World();
    expect(await send(world, loop)).toMatchObject({ status: 503, json: { code: 'service-unavailable' } });
    vi.restoreAllMocks();
    expect((await send(world, loop)).status).toBe(202);
  });

  test('with a search that was not computed is not refused either', async () => {
    vi.spyOn(process, 'threadCpuUsage').mockReturnValue({ user: 0, system: 0 });
    const answer = await send(new World(), '{ "tier": $match(text, /^(a+)+$/) }');
    expect(answer).toMatchObject({ status: 503, json: { code: 'service-unavailable' } });
  });

  test('that computes for too long is refused', async () => {
    const answer = await send(new World(), '{ "tier": $match(text, /^(a+)+$/) }');
    expect(answer).toMatchObject({ status: 422, json: { code: 'rule-failed' } });
    expect(answer.json.detail).toContain('a regular expression takes too long');
  });
});
