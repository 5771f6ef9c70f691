/** All error codes of the product, with their meaning and advice: one table for the API, the records and the documents. */

import type { ErrorCodeEntry } from './codes/entry.ts';
import { lookups } from './codes/lookups.ts';
import { messages } from './codes/messages.ts';
import { outcomes } from './codes/outcomes.ts';
import { refusals } from './codes/refusals.ts';
import { rejections } from './codes/rejections.ts';

export type { ErrorKind } from './codes/entry.ts';

export const errorCodes = {
  ...refusals,
  ...rejections,
  ...outcomes,
  ...lookups,
  ...messages,
} as const satisfies Record<string, ErrorCodeEntry>;

/** A stable code; codes are never renamed or given another meaning. */
export type ErrorCode = keyof typeof errorCodes;

/** The entry of a code, with the optional fields visible. */
export function describeCode(code: ErrorCode): ErrorCodeEntry {
  return errorCodes[code];
}

/** How long an issuance may wait for a reason before an alarm triggers, in minutes, for every code for which an issuance waits. */
export function waitAlarms(): { code: ErrorCode; title: string; minutes: number }[] {
  return (Object.keys(errorCodes) as ErrorCode[]).flatMap((code) => {
    const { alarmMinutes: minutes, title } = describeCode(code);
    return minutes === undefined ? [] : [{ code, title, minutes }];
  });
}
