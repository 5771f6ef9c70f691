/** Describes for the operator what an erasure has removed, and what remains. */
import type { EraseReport } from '../../lib/operate/erase.ts';
import type { LeftAtProvider } from '../../lib/operate/erase-record.ts';

const stays =
  'What remains: per record its id, fingerprint, program, times and history; per slot its newest event and lease. They prevent a replay.';

/** What was received and not accepted. */
export interface ErasedDeliveries {
  deadLetters: number;
  unusable: number;
}

export function describeErasure(
  report: EraseReport,
  { deadLetters, unusable }: ErasedDeliveries,
  dryRun: boolean,
): string {
  const { erased, ended, credentials, slots, facts, underWay, atProvider, notDerived } = report;
  return [
    ...(dryRun ? ['Dry run: nothing was removed.'] : []),
    `records that dropped holder and claims  ${erased}`,
    `  of these, issuances that are ended    ${ended}`,
    `records that dropped provider ids       ${credentials}`,
    `slots that forgot their credentials     ${slots}`,
    `facts about the holder forgotten        ${facts}`,
    `dead letters deleted                    ${deadLetters}`,
    `unusable events deleted                 ${unusable}`,
    `issuances under way                     ${underWay}`,
    ...(underWay > 0
      ? ['Issuances in progress lose holder and claims when they end. Repeat the command in an hour.']
      : []),
    ...describeLeft(atProvider),
    ...(notDerived.length > 0
      ? [
          `Programs with slotBy: ${notDerived.join(', ')}. Their slots cannot be derived from the holder alone: a confirmed record of`,
          'theirs was found only if another record still named the holder.',
        ]
      : []),
    stays,
  ].join('\n');
}

/** Lists what only the provider can remove; it finds the credentials by these ids. */
export function describeLeft(left: readonly LeftAtProvider[]): string[] {
  if (left.length === 0) return [];
  const lines = left.map(({ id, program, receipt }) => `  ${id} ${program} ${JSON.stringify(receipt)}`);
  return ['Remaining at the provider, to be removed there (keep these ids: they are no longer stored here)', ...lines];
}
