/** Reads config/<environment>.json and reports its problems with file, path and remedy. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod/mini';
import { type Providers, providers } from '../providers/registry.ts';
import { checkLookup } from '../sources/lookups/check-lookup.ts';
import { checkChallenge } from '../sources/rules/check-challenge.ts';
import { checkProof, checkSplit } from '../sources/rules/check-proof.ts';
import { checkRules } from '../sources/rules/check-rules.ts';
import { accountProblems } from './account.ts';
import { alarmRecipientProblems } from './alarm-recipient.ts';
import { schemaProblems } from './claims/check-schema.ts';
import { domainProblems } from './domain.ts';
import { type Environment, environmentSchemaOf } from './environment.ts';
import { regionProblems } from './regions.ts';
import { sharedCredentials } from './shared-credentials.ts';

/** A problem in an environment's file; the message is for the person who runs the command. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** The environment of this name from `directory`. Throws ConfigurationError. */
export function loadEnvironment(name: string | undefined, directory = 'config'): Environment {
  const known = readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'));
  if (name === undefined || !known.includes(name)) {
    const hint = name === undefined ? 'Say which environment' : `There is no ${join(directory, `${name}.json`)}`;
    throw new ConfigurationError(`${hint}: -c environment=NAME, with NAME one of ${known.join(', ')}`);
  }
  const file = join(directory, `${name}.json`);
  const environment = parseEnvironment(readFileSync(file, 'utf8'), file);
  if (environment.environment !== name) {
    throw new ConfigurationError(`${file}: environment must be "${name}", like the file’s name`);
  }
  return environment;
}

/** Parses the content of an environment's file. Throws ConfigurationError with one line per problem. */
export function parseEnvironment(text: string, file: string, known: Providers = providers): Environment {
  z.config(z.locales.en());
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`${file}: is not JSON (${cause instanceof Error ? cause.message : 'unreadable'})`);
  }
  const result = environmentSchemaOf(known).safeParse(json);
  const problems = result.success ? deeperProblems(result.data, known) : result.error.issues;
  if (result.success && problems.length === 0) return result.data;
  const lines = problems.map(({ path, message }) => `${file}: ${path.join('.') || '(top)'}: ${message}`);
  throw new ConfigurationError(lines.join('\n'));
}

interface Problem {
  path: PropertyKey[];
  message: string;
}

/** Checked here and not by the schema of the environment, so that no function includes code that only a synthesis needs. */
function deeperProblems(environment: Environment, known: Providers): Problem[] {
  return [
    ...regionProblems(environment),
    ...accountProblems(environment),
    ...domainProblems(environment),
    ...alarmRecipientProblems(environment),
    ...ruleProblems(environment),
    ...proofProblems(environment),
    ...claimsProblems(environment),
    ...sharedCredentials(environment, known),
  ];
}

function claimsProblems({ programs }: Environment): Problem[] {
  return Object.entries(programs).flatMap(([name, { claims }]) =>
    schemaProblems(claims).map(({ path, message }) => ({ path: ['programs', name, 'claims', ...path], message })),
  );
}

function ruleProblems({ sources, programs, region }: Environment): Problem[] {
  const within = (part: string) => (problem: Problem) => ({ ...problem, path: [part, ...problem.path] });
  return Object.entries(sources).flatMap(([name, source]) => {
    const problems: Problem[] = [
      ...checkSplit(source.split, source.proof).map(within('split')),
      ...checkRules(source.rules, Object.keys(programs)).map(within('rules')),
      ...checkLookup(source, region),
    ];
    return problems.map(({ path, message }) => ({ path: ['sources', name, ...path], message }));
  });
}

function proofProblems({ sources }: Environment): Problem[] {
  return Object.entries(sources).flatMap(([name, source]) => {
    const inProof = source.proof === undefined ? [] : checkProof(source.proof);
    return [
      ...inProof.map(({ path, message }) => ({ path: ['sources', name, 'proof', ...path], message })),
      ...checkChallenge(source).map(({ path, message }) => ({
        path: ['sources', name, 'challenge', ...path],
        message,
      })),
    ];
  });
}
