/** How many issuances reconcile lets out of the waiting room, per second and program. */
import * as z from 'zod/mini';
import type { Environment } from './environment.ts';

/** An issuance takes two calls at least: the submission, and the question of how it stands. */
const callsPerIssuance = 2;

/** For the programs whose account has a ceiling: no more than could be handed over. */
export function releasesUnderCeilings({
  programs,
  accounts,
  limits,
}: Pick<Environment, 'programs' | 'accounts' | 'limits'>): Record<string, number> {
  const places = limits.workerConcurrency * limits.workerBatchSize;
  return Object.fromEntries(
    Object.entries(programs).flatMap(([program, { account }]) => {
      const ceiling = accounts[account]?.callsPerSecond;
      return ceiling === undefined ? [] : [[program, Math.min(places, ceiling / callsPerIssuance)]];
    }),
  );
}

interface ReleaseVariables {
  RELEASES_PER_SECOND: string;
  PROGRAM_RELEASES_PER_SECOND: string;
}

/** What the variables of reconcile say. */
export function releasesPerSecond(variables: ReleaseVariables): (program: string) => number {
  const usual = Number(variables.RELEASES_PER_SECOND);
  const less = z.record(z.string(), z.number()).parse(JSON.parse(variables.PROGRAM_RELEASES_PER_SECOND));
  return (program) => (Object.hasOwn(less, program) ? less[program] : undefined) ?? usual;
}
