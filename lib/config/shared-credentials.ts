/** Finds programs that share a credential: the slots of one program would not know what the other issues and revokes. */
import { definitionOf, type Providers } from '../providers/registry.ts';
import type { Environment, ProgramSettings } from './environment.ts';

/** One problem per program that names the credential of an earlier program, both of one account at the provider. */
export function sharedCredentials(
  environment: Environment,
  known: Providers,
): { path: PropertyKey[]; message: string }[] {
  const first = new Map<string, string>();
  return Object.entries(environment.programs).flatMap(([name, program]) => {
    const { key, id } = credentialOf(program, environment, known);
    const earlier = first.get(id);
    first.set(id, earlier ?? name);
    if (earlier === undefined) return [];
    const message =
      `names the credential of program ${earlier} too, and ${earlier} and ${name} would revoke or replace each other’s: ` +
      'give one of them a credential of its own, or make them one program';
    return [{ path: ['programs', name, 'credential', key], message }];
  });
}

function credentialOf({ account, credential }: ProgramSettings, { accounts }: Environment, known: Providers) {
  const settings = accounts[account];
  // The schema of the environment has already refused it.
  if (settings === undefined) throw new Error('A program names an account that is not there');
  const { credentialKey: key, sameAccount } = definitionOf(settings.provider, known);
  return { key, id: JSON.stringify([settings.provider, sameAccount(settings), credential[key]]) };
}
