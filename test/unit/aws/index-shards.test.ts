/** The index by status is spread over its partitions: one busy status does not make one hot partition. */

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toItem } from '../../../lib/aws/issuance-item.ts';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';

test('of ten thousand issuances of one status no partition has much more than its share', () => {
  const counts = new Map<string, number>();
  for (let count = 0; count < 10_000; count += 1) {
    // As ids are made: the beginning of a keyed hash.
    const id = issuanceId(`iss_${createHash('sha256').update(String(count)).digest('base64url').slice(0, 27)}`);
    const { statusShard } = toItem(issuanceIn('queued', { id }), 'once');
    counts.set(statusShard, (counts.get(statusShard) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(1);
  const fair = 10_000 / counts.size;
  for (const share of counts.values()) expect(share).toBeLessThan(1.5 * fair);
});
