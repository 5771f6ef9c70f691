/** What an erasure has removed, and what is left, for the operator who asked for it. */
import type { EraseReport } from '../../lib/operate/erase.ts';
import type { LeftAtProvider } from '../../lib/operate/erase-record.ts';

const stays =
  'What stays: per record its id, fingerprint, program, times and history, per slot its newest event and lease. They stop a replay.';

export function describeErasure(report: EraseReport, deadLetters: number, dryRun: boolean): string {
  const { erased, ended, credentials, slots, facts, underWay, atProvider, notDerived } = report;
  return [
    ...(dryRun ? ['Only counted, nothing is removed.'] : []),
    `records that dropped holder and claims  ${erased}`,
    `  of these, issuances that are ended    ${ended}`,
    `records that dropped provider ids       ${credentials}`,
    `slots that forgot their credentials     ${slots}`,
    `facts about the holder forgotten        ${facts}`,
    `dead letters deleted                    ${deadLetters}`,
    `issuances under way                     ${underWay}`,
    ...(underWay > 0 ? ['What is under way drops holder and claims when it ends. Repeat this in an hour.'] : []),
    ...describeLeft(atProvider),
    ...(notDerived.length > 0
      ? [
          `Programs with slotBy: ${notDerived.join(', ')}. Their slots do not follow from the holder alone: a confirmed record of`,
          'theirs was found only beside one that still named the holder.',
        ]
      : []),
    stays,
  ].join('\n');
}

/** What only the provider can remove: by these ids it finds the credentials. */
export function describeLeft(left: readonly LeftAtProvider[]): string[] {
  if (left.length === 0) return [];
  const lines = left.map(({ id, program, receipt }) => `  ${id} ${program} ${JSON.stringify(receipt)}`);
  return ['Left at the provider, to be acted on there (keep these ids: nothing here has them any more)', ...lines];
}
