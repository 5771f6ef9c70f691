/** Facts about a holder at a provider, beyond one issuance. */
/** Facts about holders that outlast an issuance, such as a created contact. They may be deleted at any time. */
export interface FactStore {
  known(holder: string, fact: string): Promise<boolean>;
  remember(holder: string, fact: string): Promise<void>;
}
