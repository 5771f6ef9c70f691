/** Checks the look-up of a source, and the rules that use it, before they are deployed. */
import { checkExpression, type RuleProblem } from '../rules/check-rules.ts';
import type { RuleSettings, SourceSettings } from '../settings.ts';
import type { LookupSettings } from './settings.ts';

/** All problems, by their path in the source. */
export function checkLookup({ lookup, rules }: SourceSettings, region: string): RuleProblem[] {
  const problems = rules.flatMap((rule, index) =>
    whoProblems(rule, lookup).map(({ path, message }) => ({ path: ['rules', index, ...path], message })),
  );
  if (lookup === undefined) return problems;
  if (rules.every((rule) => rule.lookup === undefined)) {
    problems.push({ path: ['lookup'], message: 'is used by no rule: give a rule a lookup in place of its holder' });
  }
  return [
    ...problems,
    ...ownProblems(lookup, region).map(({ path, message }) => ({ path: ['lookup', ...path], message })),
  ];
}

function whoProblems({ holder, lookup: key }: RuleSettings, lookup: LookupSettings | undefined): RuleProblem[] {
  if (holder === undefined && key === undefined) {
    return [{ path: ['holder'], message: 'is missing: a rule has a holder, or a lookup in its place' }];
  }
  if (key === undefined) return [];
  if (holder !== undefined) return [{ path: ['lookup'], message: 'is there beside holder: a rule has one of them' }];
  return lookup === undefined ? [{ path: ['lookup'], message: 'needs a lookup of the source, the directory' }] : [];
}

function ownProblems(lookup: LookupSettings, region: string): RuleProblem[] {
  const problems = expressionsOf(lookup).flatMap(([name, text]) =>
    checkExpression(text, ['key']).map((message) => ({ path: [name], message })),
  );
  if (lookup.type === 'http' && lookup.body === undefined && !lookup.url.includes('{key}')) {
    problems.push({ path: ['url'], message: 'must contain {key}, or the lookup must have a body' });
  }
  if (lookup.type === 'dynamodb' && lookup.table.startsWith('arn:') && lookup.table.split(':')[3] !== region) {
    problems.push({ path: ['table'], message: `must be in the region of the environment, ${region}` });
  }
  return problems;
}

function expressionsOf(lookup: LookupSettings): [string, string][] {
  const asked = lookup.type === 'http' ? { body: lookup.body } : { key: lookup.key };
  const all = { ...asked, answer: lookup.answer };
  return Object.entries(all).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]));
}
