/** All vendors that the tests play, by the name that docs/vendors.md gives them. */
import { bodies } from './bodies.ts';
import type { Party } from './party.ts';
import { publicKeys } from './public-keys.ts';
import { sharedSecrets } from './shared-secrets.ts';
import { tokens } from './tokens.ts';

export const parties: Readonly<Record<string, Party>> = { ...sharedSecrets, ...tokens, ...bodies, ...publicKeys };
