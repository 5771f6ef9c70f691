/** Codes of queue messages that cannot be worked on and go to the dead-letter queue. */
import type { ErrorCodeEntry } from './entry.ts';

export const messages = {
  'message-version-unknown': {
    kind: 'message',
    title: 'The queue message has a version this deployment does not know',
    advice: 'Finish or roll back the deployment, then put the message back.',
  },
  'source-unknown': {
    kind: 'message',
    title: 'The queue message names a source that takes no messages here',
    advice: 'Correct the message attribute source, or give that source a queue in the configuration; then put it back.',
  },
  'issuance-missing': {
    kind: 'message',
    title: 'The queue message names an issuance that is not in the table',
    advice: 'Check that queue and table belong to the same environment.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
