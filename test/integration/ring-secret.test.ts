/** The signing keys' secret as Secrets Manager answers when steps of a rotation are repeated or overtaken. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { answer } from '../../functions/rotate-signing-key/handler.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { ringSecret } from '../../lib/aws/ring-secret.ts';
import { KeyHouse } from '../fakes/key-house.ts';
import { type ScriptedService, serviceError, startScriptedService } from '../fakes/scripted-service.ts';

let service: ScriptedService | undefined;

async function fresh(): Promise<ScriptedService> {
  await service?.close();
  service = await startScriptedService();
  return service;
}

beforeEach(fresh);
afterAll(() => service?.close());

async function secretOver(...answers: Parameters<ScriptedService['next']>) {
  const own = await fresh();
  own.next(...answers);
  return { own, secret: ringSecret(new SecretsManagerClient({ ...clientSettings, ...own.client }), 'signing-keys') };
}

test.each(['ResourceNotFoundException', 'InvalidRequestException'])(
  'a version whose label is gone is not there: %s',
  async (error) => {
    const { secret } = await secretOver(serviceError(error));
    expect(await secret.read('AWSPENDING', 'v2')).toBeUndefined();
  },
);

test('a secret that refuses to be read at all is an error, not an empty one', async () => {
  const { secret } = await secretOver(serviceError('InvalidRequestException'));
  await expect(secret.read('AWSCURRENT')).rejects.toThrow('InvalidRequestException');
});

test('promoting what is current already changes nothing', async () => {
  const stages = { body: { VersionIdsToStages: { v1: ['AWSPREVIOUS'], v2: ['AWSCURRENT', 'AWSPENDING'] } } };
  const { own, secret } = await secretOver(stages);
  await secret.promote('v2', 'v1');
  expect(own.calls).toHaveLength(1);
});

test('a step of a rotation is done at the secret it names', async () => {
  const house = new KeyHouse();
  house.begin('v1');
  const asked: (string | undefined)[] = [];
  const step = { Step: 'createSecret', SecretId: 'arn:of-the-rotation', ClientRequestToken: 'v1' };
  await answer(step, (secretId) => {
    asked.push(secretId);
    return house.ports();
  });
  expect(asked).toEqual(['arn:of-the-rotation']);
});
