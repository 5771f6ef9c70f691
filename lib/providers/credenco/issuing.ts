/** The inputs of every step of issuing from one credential template of one account. */
import type { CredencoClient } from './client.ts';
import type { CredencoAccount, CredencoCredential } from './settings.ts';

export interface Issuing {
  account: CredencoAccount;
  credential: CredencoCredential;
  client: CredencoClient;
  now(): Date;
}
