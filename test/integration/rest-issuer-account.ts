/** The REST issuer's adapter connected to its sandbox, with a token that may be replaced. */
import { randomUUID } from 'node:crypto';
import type { ProviderPorts } from '../../lib/providers/definition.ts';
import type { ConnectionChanges, ProviderUnderTest } from '../contract/provider-under-test.ts';
import { TestJob } from '../fakes/test-job.ts';
import { connectRestIssuer } from '../providers/rest-issuer/connect.ts';
import { type RestIssuerSandbox, startRestIssuer } from '../providers/rest-issuer/sandbox.ts';

let holders = 0;

export class RestIssuerTestAccount implements ProviderUnderTest {
  readonly sandbox: RestIssuerSandbox;
  readonly switchboard;
  #reads = 0;
  /** What the secret holds, and what the functions still remember of it. */
  #secret = { token: randomUUID() };
  #cachedSecret = this.#secret;

  private constructor(sandbox: RestIssuerSandbox) {
    this.sandbox = sandbox;
    this.switchboard = sandbox.switchboard;
    sandbox.tokens.add(this.#secret.token);
  }

  static async start(): Promise<RestIssuerTestAccount> {
    return new RestIssuerTestAccount(await startRestIssuer());
  }

  ports({ deadlineMs = 20_000, fetch: given = fetch }: ConnectionChanges = {}): ProviderPorts {
    return {
      fetch: given,
      callDeadlineMs: deadlineMs,
      accountSecret: {
        read: async () => this.#cachedSecret,
        refresh: async () => {
          this.#reads += 1;
          this.#cachedSecret = this.#secret;
          return this.#cachedSecret;
        },
      },
      partnerTokens: { sign: () => Promise.reject(new Error('not used')), refresh: () => undefined },
      now: () => new Date(),
    };
  }

  connect(changes: ConnectionChanges = {}) {
    const { baseUrl = this.sandbox.url } = changes;
    return connectRestIssuer({ provider: 'rest-issuer', baseUrl }, { type: 'membership' }, this.ports(changes));
  }

  job(): TestJob {
    holders += 1;
    return new TestJob({ holder: `M-${1000 + holders}`, claims: { tier: 'Platinum', since: '2026-11-20' } });
  }

  calls(operation: string): number {
    return this.sandbox.calls(operation);
  }

  issuedFor({ holder }: TestJob): number {
    return this.sandbox.issued.filter((credential) => credential.holder === holder).length;
  }

  async settle(): Promise<void> {}

  async replaceCredentials(): Promise<void> {
    await this.spoilCredentials();
    this.sandbox.tokens.add(this.#secret.token);
  }

  async spoilCredentials(): Promise<void> {
    this.sandbox.tokens.clear();
    this.#secret = { token: randomUUID() };
  }

  credentialReads(): number {
    return this.#reads;
  }

  secrets(): readonly string[] {
    return [this.#secret.token, this.#cachedSecret.token];
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
