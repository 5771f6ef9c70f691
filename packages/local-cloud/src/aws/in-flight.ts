/** Makes messages visible again that consumers of an earlier process held when it ended: no consumer survives here. */

/** The part of a SQLite connection that is needed. */
export interface Rows {
  prepare(sql: string): { run(...values: unknown[]): unknown; all(): unknown[] };
}

const defaultVisibilitySeconds = 30;

/**
 * Makes messages visible that were being consumed. A message that a consumer has hidden for longer than the queue's visibility
 * time-out (a back-off) stays hidden until its time.
 */
export function releaseInFlight(rows: Rows, now: number): void {
  const queues = rows.prepare('SELECT name, attributes FROM sqs_queues').all() as {
    name: string;
    attributes: string;
  }[];
  const release = rows.prepare(
    `UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL
     WHERE queue_name = ? AND receipt_handle IS NOT NULL AND visibility_deadline <= ?`,
  );
  for (const { name, attributes } of queues) {
    const { VisibilityTimeout } = JSON.parse(attributes) as { VisibilityTimeout?: string };
    release.run(name, now + Number(VisibilityTimeout ?? defaultVisibilitySeconds) * 1000);
  }
}
