/** The programs of an environment, each connected to its account's provider. */
import type { Validator } from '@cfworker/json-schema';
import type { Environment, ProgramSettings } from '../config/environment.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { withinProcessorTime } from '../issuance/processor-time.ts';
import type { Program, ProgramCatalog, Programs } from '../issuance/program.ts';
import type { Provider } from '../issuance/provider.ts';
import type { AccountSettings, ProviderDefinition, ProviderPorts } from '../providers/definition.ts';
import { definitionOf, type Providers, providers } from '../providers/registry.ts';
import { describeClaimsProblems } from './claims-problems.ts';
import { loadValidator } from './schema-checker.ts';

/** The programs, for status requests only: none can issue. */
export function catalogOf(environment: Environment, known: Providers = providers): ProgramCatalog {
  const programs = new Map<string, Program>();
  return {
    find(name) {
      const settings = settingsOf(environment, name);
      if (settings === undefined) return undefined;
      const program = programs.get(name) ?? describe(name, settings, definitionFor(environment, settings, known));
      programs.set(name, program);
      return program;
    },
  };
}

/** The programs with their providers. `portsOf` gives the ports of an account. */
export function programsOf(
  environment: Environment,
  portsOf: (account: string) => ProviderPorts,
  known: Providers = providers,
): Programs {
  const connected = new Map<string, Provider>();
  return {
    ...catalogOf(environment, known),
    provider(name) {
      const settings = settingsOf(environment, name);
      const account = settings && environment.accounts[settings.account];
      if (settings === undefined || account === undefined) throw new IssuanceError('program-removed');
      const definition = definitionFor(environment, settings, known);
      const provider =
        connected.get(name) ?? definition.connect(account, settings.credential, portsOf(settings.account));
      connected.set(name, provider);
      return provider;
    },
  };
}

function settingsOf({ programs }: Environment, name: string): ProgramSettings | undefined {
  return Object.hasOwn(programs, name) ? programs[name] : undefined;
}

function definitionFor(environment: Environment, settings: ProgramSettings, known: Providers): ProviderDefinition {
  return definitionOf(accountOf(environment, settings).provider, known);
}

/** The facts about a holder that a program's provider may store. */
export function factsOf(environment: Environment, program: string): readonly string[] {
  const settings = environment.programs[program];
  if (settings === undefined) return [];
  const account = accountOf(environment, settings);
  return definitionOf(account.provider, providers).facts(account);
}

/** The environment was validated when it was read. */
function accountOf(environment: Environment, { account }: ProgramSettings): AccountSettings {
  const settings = environment.accounts[account];
  if (settings === undefined) throw new Error('A program names an account that is not there');
  return settings;
}

/** Limit for a check of claims, in milliseconds of processor time; a check of usual size takes less than one. */
const longestCheckMs = 100;

const takesTooLong = 'checking them takes too long: a pattern of the schema backtracks on one of their strings';

function describe(name: string, settings: ProgramSettings, definition: ProviderDefinition): Program {
  let validator: Validator | undefined;
  return {
    name,
    slotBy: settings.slotBy,
    coalesceSeconds: settings.coalesceSeconds,
    canonicalHolder: (holder) => definition.canonicalHolder(holder),
    async checkClaims(claims) {
      validator ??= new (await loadValidator())(settings.claims, '2020-12', false);
      const checker = validator;
      const result = withinProcessorTime(longestCheckMs, () => checker.validate(claims));
      if (result === undefined) throw new IssuanceError('claims-invalid', { detail: takesTooLong });
      if (result.valid) return;
      throw new IssuanceError('claims-invalid', { detail: describeClaimsProblems(result.errors, settings.claims) });
    },
  };
}
