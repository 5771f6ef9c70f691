/** Codes of queue messages that cannot be processed and go to the dead-letter queue. */
import type { ErrorCodeEntry } from './entry.ts';

export const messages = {
  'message-version-unknown': {
    kind: 'message',
    title: 'The queue message has a version this deployment does not know',
    advice: 'Complete the deployment or roll it back, then redrive the message.',
  },
  'source-unknown': {
    kind: 'message',
    title: 'The queue message names a source that accepts no messages from the queue',
    advice:
      'Correct the message attribute source, or add a queue entry to that source in the configuration; then redrive the message.',
  },
  'issuance-missing': {
    kind: 'message',
    title: 'The queue message names an issuance that is not in the table',
    advice: 'Check that the queue and the table belong to the same environment.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
