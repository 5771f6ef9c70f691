/** Codes of an accepted issuance whose holder is looked up in the directory of its source. */
import type { ErrorCodeEntry } from './entry.ts';

export const lookups = {
  'lookup-unavailable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The directory of the source cannot be reached, or is unavailable',
    advice:
      'No action is needed at first: the holder is looked up again. If it persists, check the directory, DNS and TLS.',
  },
  'lookup-refused': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The directory of the source refuses the request, or may not be asked',
    advice:
      'Check the source’s lookup in the configuration and its entry in the secret provider-accounts; the detail names the cause. The holder is looked up again.',
  },
  'lookup-answer-unusable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The answer of the source’s directory cannot be read',
    advice:
      'Compare the answer with the expressions of the source’s lookup: npx iob try shows the result. The holder is looked up again.',
  },
  'holder-not-found': {
    kind: 'permanent',
    title: 'The directory of the source does not know the holder',
    advice:
      'Add the holder to the directory, or correct the entry; then retry the issuance, which looks the holder up again.',
  },
  'holder-unusable': {
    kind: 'permanent',
    title: 'The holder that the directory names is not valid at the provider',
    advice: 'Correct the entry in the directory; then retry the issuance, which looks the holder up again.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
