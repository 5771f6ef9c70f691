/** Rotation drives the four steps over one version and takes up what has failed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { type Secret, SecretStore } from '../src/aws/secret-store.ts';
import { Rotation } from '../src/triggers/rotation.ts';

interface Step {
  Step: string;
  SecretId: string;
  ClientRequestToken: string;
}

const folder = mkdtempSync(join(tmpdir(), 'rotation-'));
const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:ring-abcdef';
let store: SecretStore;
let secret: Secret;
let steps: Step[];
let failAt: string | undefined;
let number = 0;

afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  number += 1;
  store = new SecretStore(join(folder, `${number}.json`));
  secret = store.ensure('ring', arn);
  store.put(secret, { value: 'first' });
  steps = [];
  failAt = undefined;
});

async function invoke(_: string, event: unknown): Promise<void> {
  const step = event as Step;
  steps.push(step);
  if (step.Step === failAt) throw new Error(`${failAt} fails`);
  const current = secret.versions.find((one) => one.stages.includes('AWSCURRENT'))?.id;
  if (step.Step === 'createSecret') store.put(secret, { value: 'next' }, step.ClientRequestToken, ['AWSPENDING']);
  if (step.Step === 'finishSecret') store.moveStage(secret, 'AWSCURRENT', current, step.ClientRequestToken);
}

const rotation = (immediately = true) =>
  new Rotation({
    store,
    rotations: [{ secretArn: arn, functionName: 'rotate', immediately }],
    invokeFor: () => invoke,
  });
const value = (stage: string): string | undefined => store.version(secret, undefined, stage).value;

it('makes the version that was announced the current one', async () => {
  await rotation().rotate('ring');
  expect(steps.map((one) => one.Step)).toEqual(['createSecret', 'setSecret', 'testSecret', 'finishSecret']);
  expect(new Set(steps.map((one) => one.ClientRequestToken)).size).toBe(1);
  expect([value('AWSCURRENT'), value('AWSPREVIOUS')]).toEqual(['next', 'first']);
});

it('announces the version before the first step, still without a value', async () => {
  failAt = 'createSecret';
  await expect(rotation().rotate('ring')).rejects.toThrow('createSecret fails');
  expect(secret.versions.at(-1)).toMatchObject({ id: steps[0]?.ClientRequestToken, stages: ['AWSPENDING'] });
  expect(() => value('AWSPENDING')).toThrow('AWSPENDING');
});

it('reports a rotation that fails at the start, and goes on with the same version at the next', async () => {
  failAt = 'testSecret';
  expect(await rotation().rotateDue()).toMatchObject([{ secret: 'ring', error: { message: 'testSecret fails' } }]);
  failAt = undefined;
  const token = steps[0]?.ClientRequestToken;
  store = new SecretStore(join(folder, `${number}.json`));
  secret = store.find(arn);
  expect(await rotation().rotateDue()).toEqual([]);
  expect(steps.at(-1)).toMatchObject({ Step: 'finishSecret', ClientRequestToken: token });
  expect(value('AWSCURRENT')).toBe('next');
});

it('rotates at the start only once, and not what is to wait for its schedule', async () => {
  expect(await rotation(false).rotateDue()).toEqual([]);
  expect(steps).toEqual([]);
  await rotation().rotateDue();
  await rotation().rotateDue();
  expect(steps).toHaveLength(4);
});

it('runs one rotation of a secret at a time', async () => {
  const one = rotation();
  await Promise.all([one.rotate('ring'), one.rotate('ring')]);
  expect(steps).toHaveLength(4);
});

it('fails when the last step leaves another version current', async () => {
  const lazy = async (): Promise<void> => undefined;
  const parts = {
    store,
    rotations: [{ secretArn: arn, functionName: 'rotate', immediately: true }],
    invokeFor: () => lazy,
  };
  await expect(new Rotation(parts).rotate('ring')).rejects.toThrow('without making version');
});
