/** The command that makes API tokens: what it prints is what the API accepts. */
import { describe, expect, test } from 'vitest';
import { apiTokens, authenticate } from '../../../lib/sources/api-tokens.ts';
import { UsageError } from '../../../tools/command-line/usage-error.ts';
import { describeToken, makeToken, type TokenRequest } from '../../../tools/token/make-token.ts';

const crm: TokenRequest = { source: 'crm', environment: 'dev', scopes: ['issue', 'read'] };

function describeNewToken(request: TokenRequest): string {
  return describeToken(makeToken(request), request);
}

function linesOf(text: string): string[] {
  return text.split('\n');
}

describe('iob token', () => {
  test('prints a token that its entry lets in', async () => {
    const lines = linesOf(describeNewToken(crm));
    const token = lines.find((line) => line.startsWith('iob_')) ?? '';
    const entry = JSON.parse(lines.find((line) => line.startsWith('{')) ?? '');
    const text = JSON.stringify(apiTokens.parse({ tokens: [entry] }));
    const secret = { read: async () => ({ text }), refresh: async () => ({ text }) };
    expect(await authenticate(`Bearer ${token}`, 'read', secret)).toBe('crm');
  });

  test('prints the token once; the command holds only its hash', () => {
    const text = describeNewToken(crm);
    expect(text.match(/iob_[\w-]{43}/g)).toHaveLength(1);
    expect(text).toContain('--stack-name issue-on-behalf-dev-stateful');
    expect(text).toMatch(
      /jq -c '\.tokens \+= \[\{"source":"crm","sha256":"[0-9a-f]{64}","scopes":\["issue","read"\]\}\]'/,
    );
  });

  test('makes another token each time', () => {
    const tokens = [1, 2].map(() => linesOf(describeNewToken(crm)).find((line) => line.startsWith('iob_')));
    expect(new Set(tokens).size).toBe(2);
  });

  test('refuses a source that could not be registered, and unknown environments', () => {
    expect(() => describeNewToken({ ...crm, source: "CRM'; rm -rf" })).toThrow(UsageError);
    expect(() => describeNewToken({ ...crm, environment: 'nowhere' })).toThrow('config/nowhere.json');
  });
});
