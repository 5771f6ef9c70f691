/** The published keys behind a CDN that keeps copies: a request after a publication gets what was published. */
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { jwksSite } from '../../lib/aws/jwks-site.ts';
import { jwksPath } from '../../lib/config/deployed-names.ts';
import type { Jwks } from '../../lib/signing/key-ring.ts';
import { type Cdn, startCdn } from '../fakes/cdn.ts';

let cdn: Cdn;

beforeAll(async () => {
  cdn = await startCdn();
});
afterAll(() => cdn.close());

const jwks = (...kids: string[]): Jwks => ({
  keys: kids.map((kid) => ({ kty: 'RSA', kid, n: 'n', e: 'AQAB', use: 'sig', alg: 'RS256' })),
});

function site() {
  const { bucket, distributionId } = cdn;
  const clients = { ...clientSettings, ...cdn.client };
  const url = cdn.urlOf(jwksPath);
  return jwksSite(new S3Client(clients), new CloudFrontClient(clients), { bucket, distributionId, url });
}

test('an address that serves nothing is an error: no key may be believed to be public', async () => {
  await expect(site().fetch()).rejects.toThrow('403');
});

describe('fault 25: the CDN keeps copies', () => {
  test('and gives the new keys as soon as they are published', async () => {
    for (const published of [jwks('a'), jwks('a', 'b'), jwks('b')]) {
      await site().publish(published);
      expect((await site().fetch()).jwks).toEqual(published);
      expect((await site().fetch()).jwks).toEqual(published);
    }
  });

  test('and providers may keep one too, but for a limited time', async () => {
    await site().publish(jwks('a'));
    const answer = await fetch(cdn.urlOf(jwksPath));
    const [, seconds] = /^public, max-age=(\d+)$/.exec(answer.headers.get('cache-control') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
    // A key is public for hours before it signs; an emergency waits for this long only.
    expect(Number(seconds)).toBeLessThanOrEqual(3600);
    expect(answer.headers.get('content-type')).toBe('application/json');
  });
});
