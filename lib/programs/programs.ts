/** The programs of an environment, each connected to its account's provider. */
import type { Validator } from '@cfworker/json-schema';
import type { Environment, ProgramSettings } from '../config/environment.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { Programs } from '../issuance/ports.ts';
import type { Program } from '../issuance/program.ts';
import type { Provider } from '../issuance/provider.ts';
import type { AccountSettings, ProviderDefinition, ProviderPorts } from '../providers/definition.ts';
import { definitionOf, type Providers, providers } from '../providers/registry.ts';
import { describeClaimsProblems } from './claims-problems.ts';
import { loadValidator } from './schema-checker.ts';
import { withinLimit } from './within-limit.ts';

/** `portsOf` gives the ports of an account; without it the programs can be asked about, but not issued. */
export function programsOf(
  environment: Environment,
  portsOf?: (account: string) => ProviderPorts,
  known: Providers = providers,
): Programs {
  const definitionFor = (settings: ProgramSettings) => definitionOf(accountOf(environment, settings).provider, known);
  const programs = new Map<string, Program>();
  const connected = new Map<string, Provider>();
  return {
    find(name) {
      const settings = Object.hasOwn(environment.programs, name) ? environment.programs[name] : undefined;
      if (settings === undefined) return undefined;
      const program = programs.get(name) ?? describe(name, settings, definitionFor(settings));
      programs.set(name, program);
      return program;
    },
    provider(name) {
      const settings = Object.hasOwn(environment.programs, name) ? environment.programs[name] : undefined;
      const account = settings && environment.accounts[settings.account];
      if (settings === undefined || account === undefined) {
        throw new IssuanceError('program-removed');
      }
      if (portsOf === undefined) throw new Error('This function has no way to a provider');
      const provider =
        connected.get(name) ?? definitionFor(settings).connect(account, settings.credential, portsOf(settings.account));
      connected.set(name, provider);
      return provider;
    },
  };
}

/** What a program's provider may have us remember of a holder. */
export function factsOf(environment: Environment, program: string): readonly string[] {
  const settings = environment.programs[program];
  if (settings === undefined) return [];
  const account = accountOf(environment, settings);
  return definitionOf(account.provider, providers).facts(account);
}

/** The environment was checked when it was read. */
function accountOf(environment: Environment, { account }: ProgramSettings): AccountSettings {
  const settings = environment.accounts[account];
  if (settings === undefined) throw new Error('A program names an account that is not there');
  return settings;
}

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
      const result = withinLimit(() => checker.validate(claims));
      if (result === undefined) throw new IssuanceError('claims-invalid', { detail: takesTooLong });
      if (result.valid) return;
      throw new IssuanceError('claims-invalid', { detail: describeClaimsProblems(result.errors, settings.claims) });
    },
  };
}
