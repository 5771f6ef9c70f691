/** Short names for the generated types. */
import type { components, KnownCode } from './api-types.ts';

type Schemas = components['schemas'];

export type IssuanceRequest = Schemas['IssuanceRequest'];
export type Issuance = Schemas['Issuance'];
export type Status = Schemas['Status'];
/** A code of this version, or one that is added later. */
export type Code = KnownCode | (string & {});
export type Problem = Schemas['Problem'];
