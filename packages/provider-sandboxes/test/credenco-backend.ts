/** A backend for the tests of the Credenco sandbox: starts it, and calls it as the contract's documents say. */
import {
  type CredencoSandbox,
  type CredencoSandboxOptions,
  startCredencoSandbox,
} from '../src/credenco/start-credenco-sandbox.ts';

export const secrets = { apiKey: 'test-key', clientId: 'test client', clientSecret: 'test:secret+%' };
export const companyClaims = {
  id: '90004760',
  name: 'CoolSoft B.V.',
  issuing_authority: 'Credenco',
  issuing_country: 'NL',
};

const text = { type: 'string', minLength: 1 };
const companySchema = {
  type: 'object' as const,
  properties: { id: text, name: text, issuing_authority: text, issuing_country: { type: 'string', maxLength: 2 } },
  required: ['id', 'name', 'issuing_authority', 'issuing_country'],
};

/** Starts a sandbox with two issuers, two templates, and wallets that differ in whom they trust. */
export function startSandbox(changes: Partial<CredencoSandboxOptions> = {}): Promise<CredencoSandbox> {
  const ours = { issuer: 'credenco', name: 'Credenco' };
  return startCredencoSandbox({
    backend: secrets,
    issuers: ['credenco', 'other'],
    templates: [
      { templateId: 'ebw_oid', name: 'Company', issuer: 'credenco', vct: 'urn:test:ebw_oid', schema: companySchema },
      { templateId: 'second', name: 'Second', issuer: 'credenco', vct: 'urn:test:second', schema: companySchema },
      {
        templateId: 'plain',
        name: 'Without a status list',
        issuer: 'other',
        vct: 'urn:test:plain',
        schema: companySchema,
        statusList: false,
        validDays: 2,
      },
    ],
    wallets: [
      { externalKey: 'trusting', trustedContacts: [ours] },
      { externalKey: 'wary', trustedContacts: [{ ...ours, directIssueAllowed: false }] },
      { externalKey: 'stranger' },
      { externalKey: 'a/b?c d' },
    ],
    ...changes,
  });
}

/** An answer; `json` is empty when there is no JSON body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
  readonly message: string;
}

async function answerOf(response: Response): Promise<Answer> {
  const body = await response.text();
  const json = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, json, message: String(json['message'] ?? '') };
}

export const withKey = { 'x-api-key': secrets.apiKey };

/** Calls any path; a body that is not a string goes out as JSON. */
export async function call(
  sandbox: CredencoSandbox,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { body, headers = withKey } = options;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const url = path.startsWith('http') ? path : `${sandbox.url}${path}`;
  return answerOf(await fetch(url, { method, redirect: 'manual', headers: { ...type, ...headers }, ...init }));
}

/** Mints an offer for the company credential. */
export function mint(
  sandbox: CredencoSandbox,
  correlationId: string,
  changes: Record<string, unknown> = {},
  headers: Record<string, string> = withKey,
): Promise<Answer> {
  const body = { correlation_id: correlationId, template_id: 'ebw_oid', claims: companyClaims, ...changes };
  return call(sandbox, 'POST', '/api/v2/credential/issue', { body, headers });
}

/** The offer URI of a mint's answer, decoded exactly once. */
export function offerUriOf({ json }: Answer): string {
  return new URL(String(json['request_uri'])).searchParams.get('credential_offer_uri') ?? '';
}

/** Pushes an offer into a wallet, without proving who asks. */
export function push(sandbox: CredencoSandbox, wallet: string, offerUri: string, query = 'directIssue=true&') {
  const path = `/api/oidc/offer/${encodeURIComponent(wallet)}`;
  const parameters = `${query}credential_offer_uri=${encodeURIComponent(offerUri)}`;
  return call(sandbox, 'POST', `${path}?${parameters}`, { headers: {} });
}

/** Asks how an issuance went. */
export function status(sandbox: CredencoSandbox, correlationId: string): Promise<Answer> {
  return call(sandbox, 'GET', `/api/v2/issue/${encodeURIComponent(correlationId)}`);
}

/** What is in a wallet once nothing is under way in it. */
export async function settledWallet(sandbox: CredencoSandbox, externalKey: string) {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const wallet = sandbox.inspect({ wallet: externalKey, recent: 0 }).wallets[0];
    if (wallet !== undefined && wallet.exchanging.length === 0) return wallet;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the exchanges of ${externalKey} do not end`);
}

/** Mints and pushes unattended; resolves once the wallet has decided. */
export async function issueInto(sandbox: CredencoSandbox, wallet: string, correlationId: string) {
  const minted = await mint(sandbox, correlationId);
  const offerUri = offerUriOf(minted);
  const pushed = await push(sandbox, wallet, offerUri);
  return { minted, offerUri, pushed, wallet: await settledWallet(sandbox, wallet) };
}
