/** The bearer tokens of the simulated sources, and the secret in which the trigger looks them up. */
import { createHash } from 'node:crypto';

export const tokenOf = (source: string) => `token-of-${source}-0123456789`;

export const apiTokens = JSON.stringify({
  tokens: ['shop', 'queue'].map((source) => ({
    source,
    sha256: createHash('sha256').update(tokenOf(source)).digest('hex'),
    scopes: ['issue', 'read', 'operate'],
  })),
});
