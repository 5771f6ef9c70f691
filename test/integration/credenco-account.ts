/** Our adapter of Credenco connected to its sandbox over real HTTP, and a trap for requests that must never come. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CredencoSandbox,
  type CredencoSandboxOptions,
  type CredencoSwitches,
  issuerDid,
} from '@issue-on-behalf/provider-sandboxes/credenco';
import { companyClaims, secrets, startSandbox } from '@issue-on-behalf/provider-sandboxes/test/credenco-backend';
import type { Fetch } from '../../lib/http/connecting-fetch.ts';
import type { Provider } from '../../lib/issuance/provider.ts';
import { connectCredenco } from '../../lib/providers/credenco/connect.ts';
import type { CredencoAccount, CredencoCredential } from '../../lib/providers/credenco/settings.ts';
import { InMemoryFacts } from '../fakes/in-memory-facts.ts';
import { type JobChanges, TestJob } from '../fakes/test-job.ts';

export interface Connection {
  account?: Partial<CredencoAccount>;
  credential?: Partial<CredencoCredential>;
  fetch?: Fetch;
  deadlineMs?: number;
}

export class CredencoTestAccount {
  readonly sandbox: CredencoSandbox;
  readonly trap: Trap;
  /** What the secret holds; a test may put another value there. */
  secret: Record<string, string> = { ...secrets };
  /** What the functions still remember of it. */
  cachedSecret: Record<string, string> = { ...secrets };
  refreshes = 0;
  /** How far our clock is ahead of the provider's. */
  aheadMs = 0;
  readonly facts = new InMemoryFacts();

  private constructor(sandbox: CredencoSandbox, trap: Trap) {
    this.sandbox = sandbox;
    this.trap = trap;
  }

  static async start(changes: Partial<CredencoSandboxOptions> = {}): Promise<CredencoTestAccount> {
    const [sandbox, trap] = await Promise.all([startSandbox(changes), startTrap()]);
    return new CredencoTestAccount(sandbox, trap);
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  get settings(): CredencoAccount {
    return {
      provider: 'credenco',
      baseUrl: this.sandbox.url,
      authentication: 'api-key',
      issuer: { did: issuerDid(this.sandbox.origin, 'credenco'), name: 'Credenco' },
    };
  }

  /** A provider of its own, as one container has it. */
  connect(changes: Connection = {}): Provider {
    const read = async () => this.cachedSecret;
    const refresh = async () => {
      this.refreshes += 1;
      this.cachedSecret = { ...this.secret };
      return this.cachedSecret;
    };
    return connectCredenco(
      { ...this.settings, ...changes.account },
      { templateId: 'ebw_oid', trust: 'assume', ...changes.credential },
      {
        fetch: changes.fetch ?? fetch,
        callDeadlineMs: changes.deadlineMs ?? 20_000,
        accountSecret: { read, refresh },
        partnerTokens: { tokenFor: () => Promise.reject(new Error('not used')) } as never,
        now: () => this.now(),
      },
    );
  }

  /** A job nobody has used. What it keeps is in its `progress`, as the record would have it. */
  job(changes: Partial<JobChanges> = {}): TestJob {
    const own = { holder: 'trusting', claims: companyClaims, factStore: this.facts, begunAt: this.now() };
    return new TestJob({ ...own, ...changes });
  }

  switch(switches: Partial<CredencoSwitches> & { faults?: Record<string, Record<string, unknown> | null> }): void {
    this.sandbox.switchboard.merge(switches);
  }

  fault(rule: Record<string, unknown>): void {
    this.switch({ faults: { tried: rule } });
  }

  /** Calls of an operation so far. */
  calls(operation: string): number {
    return this.sandbox.inspect().calls.byOperation[operation]?.calls ?? 0;
  }

  issuance(correlationId: string) {
    return this.sandbox.inspect({ correlationId }).issuances[0];
  }

  /** Resolves when no wallet is in an exchange. */
  async quiet(): Promise<void> {
    while (this.sandbox.inspect().totals.exchanging > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.trap.close();
  }
}

export interface Trap {
  host: string;
  /** How many requests came. */
  requests(): number;
  close(): Promise<void>;
}

/** A server that counts requests, put wherever a hostile address may lead. */
export async function startTrap(): Promise<Trap> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    requests: () => requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
