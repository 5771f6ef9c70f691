/** Headers that hold a time and several signatures, such as `t=1700000000,v1=…,v1=…`. */
import { mostSignatures } from './proof.ts';
import type { SignatureSettings } from './settings/signature.ts';

type Parts = NonNullable<SignatureSettings['parts']>;
type Part = string | number;

/** A time with the signatures that belong to it. */
export interface PartGroup {
  /** Every part with the name of the time: two would be ambiguous. */
  times: string[];
  signatures: string[];
}

/** The groups of a header; without `groups` in the settings, the header is one. */
export function readParts(header: string, parts: Parts, timePart: Part | undefined): PartGroup[] {
  const { separator, assign = '=', groups, signature } = parts;
  const texts = groups === undefined ? [header] : header.split(groups).filter((text) => text !== '');
  return texts.slice(0, mostSignatures).map((text) => {
    const all = text.split(separator).map((part) => part.trim());
    const named = (part: Part) => partsOf(all, part, assign);
    const signatures = signature === undefined ? all : [signature].flat().flatMap(named);
    return {
      times: timePart === undefined ? [] : named(timePart),
      signatures: signatures.slice(0, mostSignatures),
    };
  });
}

function partsOf(all: readonly string[], part: Part, assign: string): string[] {
  if (typeof part === 'number') return all.slice(part, part + 1);
  const start = `${part}${assign}`;
  return all.filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
}
