/** Tries a look-up: what the directory would be asked, and the holder in an answer that is given. */
import { holderIn, questionOf } from '../../lib/sources/lookups/expressions.ts';
import { questionFor } from '../../lib/sources/lookups/http-directory.ts';
import type { LookupSettings } from '../../lib/sources/lookups/settings.ts';

export interface TriedLookup {
  /** The directory's key of the holder. */
  key: string;
  /** What would be sent, without our credentials. */
  asked: { method: string; url: string; json?: unknown } | { table: string; item: unknown };
}

/** Undefined if the event names its holder. Throws the codes of a look-up; those of an answer only if one is given. */
export async function tryLookup(
  key: string | undefined,
  lookup: LookupSettings | undefined,
  answer: unknown,
): Promise<{ tried: TriedLookup; found?: string } | undefined> {
  if (key === undefined || lookup === undefined) return undefined;
  const asked =
    lookup.type === 'http'
      ? await questionFor(lookup, key)
      : { table: lookup.table, item: await questionOf('key', lookup.key, key) };
  const tried = { key, asked };
  return answer === undefined ? { tried } : { tried, found: await holderIn(answer, lookup.answer, key) };
}
