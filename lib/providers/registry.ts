/** The providers of the product. To add a provider, add a folder beside this file and a line here. */
import { airKit } from './air-kit/air-kit.ts';
import { credenco } from './credenco/credenco.ts';
import type { ProviderDefinition } from './definition.ts';

/** Providers by their name in the configuration. */
export type Providers = Readonly<Record<string, ProviderDefinition>>;

export const providers = {
  'air-kit': airKit,
  credenco,
} as const satisfies Providers;

export type ProviderName = keyof typeof providers;

/** The definition of a provider whose name the configuration's schema has validated. */
export function definitionOf(name: string, known: Providers): ProviderDefinition {
  const definition = Object.hasOwn(known, name) ? known[name] : undefined;
  if (definition === undefined) throw new Error('An account names a provider that is not there');
  return definition;
}
