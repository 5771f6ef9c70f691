/** Pseudonyms under a key that is no secret. */
import { createHmac } from 'node:crypto';
import type { Pseudonyms } from '../../lib/issuance/identity.ts';

export const keyedPseudonyms: Pseudonyms = {
  async of(purpose, value) {
    return createHmac('sha256', 'a key for tests').update(`${purpose}\n${value}`, 'utf8').digest('base64url');
  },
};
