/** What an error says, and must not say. */
import { expect } from 'vitest';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { TestJob } from '../fakes/test-job.ts';

/** The error a call ends in; another error than an IssuanceError, or none, fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<IssuanceError> {
  const error: unknown = await call.then(
    () => new Error('nothing failed'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IssuanceError)) throw error;
  return error;
}

/** What of an error gets into a record, a log or an answer. */
export function told({ message, ...error }: Error): string {
  return JSON.stringify({ ...error, cause: undefined, message });
}

export function expectUntold(text: string, { holder, claims }: TestJob, secrets: readonly string[]): void {
  for (const value of [holder, ...stringsIn(claims), ...secrets]) expect(text).not.toContain(value);
}

/** Its strings, but for the ones so short that they may be part of any id. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length < 5 ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
