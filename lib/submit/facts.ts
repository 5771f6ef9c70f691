/** What is known of a holder at a provider beyond one issuance. */
/** Facts about holders that outlive an issuance, such as a contact that was made. They may be forgotten at any time. */
export interface FactStore {
  known(holder: string, fact: string): Promise<boolean>;
  remember(holder: string, fact: string): Promise<void>;
}
