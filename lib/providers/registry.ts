/** The providers of the product. A third one is one folder beside this file and one line here. */
import { airKit } from './air-kit/air-kit.ts';
import { credenco } from './credenco/credenco.ts';

export const providers = {
  'air-kit': airKit,
  credenco,
} as const;

export type ProviderName = keyof typeof providers;
