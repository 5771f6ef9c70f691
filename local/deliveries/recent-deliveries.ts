/** The latest deliveries, kept in memory only, and passed on to those who listen. */
import type { Delivery } from './delivery.ts';

export interface RecentDeliveries {
  add(delivery: Delivery): void;
  /** Passes on the kept deliveries and then each new one, until the returned function is called. */
  listen(hear: (delivery: Delivery) => void): () => void;
}

/** `most` deliveries with at most `mostBytes` of base64 in all; the oldest are dropped. */
export function recentDeliveries(most = 200, mostBytes = 32 * 1024 * 1024): RecentDeliveries {
  const kept: Delivery[] = [];
  const listeners = new Set<(delivery: Delivery) => void>();
  let bytes = 0;
  return {
    add(delivery) {
      kept.push(delivery);
      bytes += delivery.body.length;
      while (kept.length > most || bytes > mostBytes) bytes -= kept.shift()?.body.length ?? bytes;
      for (const hear of listeners) hear(delivery);
    },
    listen(hear) {
      for (const delivery of kept) hear(delivery);
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
  };
}
