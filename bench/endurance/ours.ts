/** Our local system in the endurance run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeSecretCommand, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { send, untilEnded } from '../../test/acceptance/events.ts';
import { localProcess } from '../../test/acceptance/local-process.ts';
import { type Contestant, claims, holderOf } from './contestant.ts';
import { findLeaks } from './leaks.ts';

export function ours(): Contestant {
  const system = localProcess();
  const ids = new Map<number, string>();
  return {
    name: 'this product',
    sandbox: system.airKit,
    leaks: () => findLeaks(system.stateDir, system.output()),
    start: () => system.start(),
    kill: () => system.kill(),
    stop: () => system.stop(),
    rotateKeys: () => rotate(system.stateDir),
    async send(index) {
      const body = { program: 'kyc', holder: holderOf(index), claims, occurredAt: '2026-11-20T09:30:00Z' };
      const id = await send({ key: `endurance-${index}`, body }, system);
      if (id !== undefined) ids.set(index, id);
      return id !== undefined;
    },
    async ended(acknowledged) {
      const wanted = acknowledged.flatMap((index) => ids.get(index) ?? []);
      const views = await untilEnded(wanted, system);
      return views.filter(({ status }) => status === 'confirmed').length;
    },
  };
}

/** As an operator would: `aws secretsmanager rotate-secret`, and wait until it is complete. */
async function rotate(stateDir: string): Promise<void> {
  const { region, outputs, endpoints } = JSON.parse(readFileSync(join(stateDir, 'endpoints.json'), 'utf8'));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SecretsManagerClient({ region, endpoint: endpoints.services, credentials });
  const SecretId = outputs.SigningKeysSecretArn;
  const current = async () => {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    return Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
  };
  const before = await current();
  await client.send(new RotateSecretCommand({ SecretId }));
  while ((await current()) === before) await sleep(50);
}
