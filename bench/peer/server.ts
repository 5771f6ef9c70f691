/**
 * What one writes without this product: a single process that takes a webhook, signs, posts and polls. It answers when
 * the provider has taken the credential, retries what fails three times, and keeps nothing.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { importPKCS8, SignJWT } from 'jose';
import { loadKey } from './key.ts';

interface Settings {
  port: number;
  /** Base URL of AIR Kit. */
  airKit: string;
  partnerId: string;
  issuerDid: string;
  /** Where the key is kept between starts. */
  keyFile: string;
}

interface Webhook {
  holder: string;
  credentialId: string;
  claims: Record<string, unknown>;
}

/** Outcomes it has seen; they die with it. */
const confirmed = new Set<string>();

async function main(settings: Settings): Promise<void> {
  const { pem, kid, jwks } = await loadKey(settings.keyFile);

  async function token(email: string): Promise<string> {
    // As the recipes do: the key is imported for every call.
    const key = await importPKCS8(pem, 'RS256');
    return new SignJWT({ partnerId: settings.partnerId, email, scope: 'issue on-behalf' })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key);
  }

  async function issue({ holder, credentialId, claims }: Webhook): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        const response = await fetch(`${settings.airKit}/credentials/issue-on-behalf`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-partner-auth': await token(holder) },
          body: JSON.stringify({ issuerDid: settings.issuerDid, credentialId, credentialSubject: claims }),
          signal: AbortSignal.timeout(10_000),
        });
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        return ((await response.json()) as { coreClaimHash: string }).coreClaimHash;
      } catch (error) {
        if (tries === 3) throw error;
        await sleep(250 * 2 ** tries);
      }
    }
  }

  async function poll(hash: string, holder: string): Promise<void> {
    for (let wait = 1000; ; wait = Math.min(30_000, wait * 2)) {
      await sleep(wait);
      const url = `${settings.airKit}/credentials/status?coreClaimHash=${hash}`;
      const response = await fetch(url, { headers: { 'x-partner-auth': await token(holder) } });
      const { vcStatus } = (await response.json()) as { vcStatus?: string };
      if (vcStatus === 'ONCHAIN') {
        confirmed.add(hash);
        return;
      }
    }
  }

  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/.well-known/jwks.json') return answer(200, jwks);
    if (request.url === '/health') return answer(200, { confirmed: confirmed.size });
    readBody(request)
      .then(async (webhook) => {
        const hash = await issue(webhook);
        answer(200, { hash });
        await poll(hash, webhook.holder);
      })
      .catch(() => response.headersSent || answer(502, { error: 'the provider could not be reached' }));
  });
  server.listen(settings.port, '127.0.0.1');
}

async function readBody(request: IncomingMessage): Promise<Webhook> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Webhook;
}

const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({
  options: { port: text, 'air-kit': text, 'partner-id': text, 'issuer-did': text, 'key-file': text },
});
await main({
  port: Number(values.port),
  airKit: values['air-kit'],
  partnerId: values['partner-id'],
  issuerDid: values['issuer-did'],
  keyFile: values['key-file'],
});
