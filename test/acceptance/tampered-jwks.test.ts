/** Someone changes the published key: the provider refuses every token, and the record says why. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jwksPath } from '../../lib/config/deployed-names.ts';
import { firstRing, jwksOf } from '../../lib/signing/key-ring.ts';
import { type LocalSystem, startLocalSystem } from '../../local/local-system.ts';
import { apiClient } from '../../local/samples/api-client.ts';

let system: LocalSystem;

beforeAll(async () => {
  system = await startLocalSystem({ port: 0, stateDir: mkdtempSync(join(tmpdir(), 'issue-on-behalf-')) });
});
afterAll(() => system.stop());

function event(holder: string) {
  const claims = { kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-20T09:30:00Z' };
  return { program: 'kyc', holder, claims, occurredAt: '2026-11-20T09:30:00Z' };
}

async function issue(key: string, holder: string) {
  const api = apiClient(system.apiUrl, system.token);
  const answer = await api.post(key, event(holder));
  if (!answer.accepted) throw new Error(answer.problem.title);
  let view = answer.issuance;
  while (!['confirmed', 'failed'].includes(view.status)) view = await api.get(view.id);
  return view;
}

async function publishedKeys(): Promise<unknown> {
  return (await fetch(system.jwksUrl)).json();
}

async function publish(jwks: unknown): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const s3 = new S3Client({ endpoint: system.cloud.endpoints.messages, region: 'eu-west-1', credentials });
  await s3.send(
    new PutObjectCommand({
      Bucket: system.cloud.plan.site?.bucket,
      Key: jwksPath,
      Body: JSON.stringify(jwks),
      ContentType: 'application/json',
    }),
  );
}

test('a tampered key makes issuance fail with a clear reason, and restoring it resolves that', async () => {
  const good = await publishedKeys();
  expect((await issue('before', 'before@example.com')).status).toBe('confirmed');

  const strangers = jwksOf(await firstRing());
  const tampered = {
    keys: (good as typeof strangers).keys.map((key, index) => ({ ...key, n: strangers.keys[index]?.n })),
  };
  await publish(tampered);
  // The sandbox keeps a fetched JWKS for a second.
  await new Promise((done) => setTimeout(done, 1500));
  const refused = await issue('tampered', 'tampered@example.com');
  expect(refused).toMatchObject({
    status: 'failed',
    reason: { code: 'provider-refused-signature', detail: 'HTTP 401' },
  });
  expect(refused.reason?.advice).toContain('JWKS');

  await publish(good);
  await new Promise((done) => setTimeout(done, 1500));
  expect((await issue('after', 'after@example.com')).status).toBe('confirmed');
});
