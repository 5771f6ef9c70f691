/** The static JWKS: an object in S3, served by CloudFront. */
import { randomUUID } from 'node:crypto';
import { type CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { jwksPath } from '../config/deployed-names.ts';
import { request } from '../http/outbound.ts';
import type { JwksSite } from '../signing/rotation-ports.ts';

export interface JwksSiteSettings {
  bucket: string;
  distributionId: string;
  /** Public address. */
  url: string;
}

/** Providers and the CDN may cache a copy for this time; a key is public for far longer before it signs. */
const maxAgeSeconds = 300;

export function jwksSite(s3: S3Client, cloudFront: CloudFrontClient, settings: JwksSiteSettings): JwksSite {
  return {
    async publish(jwks) {
      await s3.send(
        new PutObjectCommand({
          Bucket: settings.bucket,
          Key: jwksPath,
          Body: JSON.stringify(jwks),
          ContentType: 'application/json',
          CacheControl: `public, max-age=${maxAgeSeconds}`,
        }),
      );
      const paths = { Quantity: 1, Items: [`/${jwksPath}`] };
      const batch = { CallerReference: randomUUID(), Paths: paths };
      await cloudFront.send(
        new CreateInvalidationCommand({ DistributionId: settings.distributionId, InvalidationBatch: batch }),
      );
    },
    async fetch() {
      const answer = await request({ method: 'GET', url: settings.url }, { fetch, deadlineMs: 10_000 });
      if (answer.status !== 200) throw new Error(`The JWKS address answers ${answer.status}`);
      const since = Date.parse(answer.headers.get('last-modified') ?? '');
      return { jwks: answer.json, ...(!Number.isNaN(since) && { since: new Date(since) }) };
    },
  };
}
