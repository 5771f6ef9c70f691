/** Checks the proof of a source before it is deployed: its schema, its expressions and its public keys. */
import type * as z from 'zod/mini';
import { generalSettings } from '../proofs/presets.ts';
import { readPublicKey } from '../proofs/public-key.ts';
import { type GeneralSettings, type ProofSettings, proofSettings } from '../proofs/settings/proof.ts';
import { coversBody } from '../proofs/settings/signature.ts';
import { checkExpression, type RuleProblem } from './check-rules.ts';

/** All problems in a source's proof. */
export function checkProof(proof: unknown): RuleProblem[] {
  const read = proofSettings.safeParse(proof);
  return read.success ? checkDeeper(read.data) : problemsOf(read.error);
}

/** The problems that a schema has found. */
export function problemsOf({ issues }: z.core.$ZodError): RuleProblem[] {
  return issues.map(({ path, message }) => ({ path: path as (string | number)[], message }));
}

function checkDeeper(proof: ProofSettings): RuleProblem[] {
  return generalSettings(proof).flatMap((settings) => {
    if (settings.scheme !== 'hmac' && settings.scheme !== 'public-key') return [];
    const { signature, content, timestamp, id } = settings;
    const expressions = [
      { path: ['signature'], text: signature },
      { path: ['content'], text: content },
      { path: ['timestamp', 'body'], text: timestamp?.body },
      { path: ['id', 'body'], text: id !== undefined && 'body' in id ? id.body : undefined },
    ];
    const found = expressions.flatMap(({ path, text }) =>
      text === undefined ? [] : checkExpression(text, ['headers', 'query']).map((message) => ({ path, message })),
    );
    return settings.scheme === 'hmac' ? found : [...found, ...keyProblems(settings)];
  });
}

/** All problems in the expression `split` of a source. */
export function checkSplit(split: string | undefined, proof: ProofSettings | undefined): RuleProblem[] {
  if (split === undefined) return [];
  const problems = checkExpression(split, ['event', 'headers']);
  const isPartial = proof !== undefined && generalSettings(proof).some(coversPart);
  if (isPartial)
    problems.push('must be left out: the signature does not cover the whole body, so events could be added');
  return problems.map((message) => ({ path: [], message }));
}

function coversPart(settings: GeneralSettings): boolean {
  return (settings.scheme === 'hmac' || settings.scheme === 'public-key') && !coversBody(settings);
}

function keyProblems(settings: Extract<GeneralSettings, { scheme: 'public-key' }>): RuleProblem[] {
  return settings.keys.flatMap((key, index) =>
    readPublicKey(key, settings) === undefined
      ? [{ path: ['keys', index], message: `must be a public key for ${settings.algorithm}; RSA needs 2048 bits` }]
      : [],
  );
}
