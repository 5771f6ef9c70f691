/** Mistakes in the challenge of a source are found before it is deployed. */
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  type ChallengeSettings,
  challengeKinds,
  challengeSettings,
} from '../../../../lib/sources/challenges/settings.ts';
import type { ProofSettings } from '../../../../lib/sources/proofs/settings/proof.ts';
import { checkChallenge } from '../../../../lib/sources/rules/check-challenge.ts';

z.config(z.locales.en());

function problemsOf(challenge: unknown, proof: ProofSettings | undefined = { scheme: 'zoom' }): string {
  return checkChallenge({ challenge: challenge as ChallengeSettings, proof })
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('\n');
}

const post = { kind: 'custom', method: 'POST', when: [], value: { body: 'a' }, answer: { text: '{value}' } };
const get = { ...post, method: 'GET', value: { query: 'a' } };
const hmac = { algorithm: 'sha256', encoding: 'hex' };

test.each(challengeKinds)('%s is right', (kind) => {
  expect(problemsOf({ kind })).toBe('');
});

test.each<[string, unknown, string]>([
  ['an unknown kind', { kind: 'x' }, 'must have a kind: slack, zoom'],
  ['a verify token that is no hash', { kind: 'meta', tokenSha256: 'secret' }, 'tokenSha256: must be a SHA-256'],
  ['no origin', { kind: 'cloud-events', origins: [] }, 'origins'],
  ['a signature without a proof', { ...get, hmac }, 'hmac: must not be there: a GET is not proven'],
  ['a body in a GET', { ...get, value: { body: 'a' } }, 'value: must not be in the body'],
  ['a body in a condition of a GET', { ...get, when: [{ at: { body: 'a' } }] }, 'value: must not be in the body'],
  ['two places', { ...get, value: { query: 'a', header: 'b' } }, 'value'],
  ['an expression that is none', { ...post, value: { body: 'a..(' } }, 'body: is not a JSONata'],
])('with %s', (_, challenge, message) => {
  expect(problemsOf(challenge)).toContain(message);
});

test('a source that signs with no secret cannot sign an answer, and one without a proof has no endpoint', () => {
  expect(problemsOf({ ...post, hmac }, { scheme: 'bearer' })).toContain('the proof must be a signature with a secret');
  expect(problemsOf({ ...post, hmac })).toBe('');
  const source = { challenge: challengeSettings.parse(post), proof: undefined };
  expect(checkChallenge(source)).toMatchObject([{ message: expect.stringContaining('no proof') }]);
});
