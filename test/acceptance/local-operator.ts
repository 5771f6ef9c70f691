/** An operator beside the running local system: commands as a person types them, messages, records and switches. */
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import type { IssuanceView } from '../../lib/issuance/view.ts';
import { type LocalSystem, startLocalSystem } from '../../local/local-system.ts';
import { apiClient } from '../../local/samples/api-client.ts';

export interface Operator {
  system: LocalSystem;
  stateDir: string;
  /** Runs `iob <name>` and gives what it printed; `status` is its exit status. */
  run(name: string, ...args: string[]): Promise<{ status: number; text: string }>;
  putSwitches(account: string, switches: unknown): Promise<void>;
  /** Sends a body to the queue, as another system would. */
  send(body: string, source?: string): Promise<void>;
  /** Every item of the table. */
  items(): Promise<Record<string, unknown>[]>;
  /** Waits until each issuance has one of these statuses. */
  reach(ids: readonly string[], ...statuses: string[]): Promise<IssuanceView[]>;
  /** A line for each call that was refused. */
  denied(): readonly string[];
  /** Waits until something holds. */
  until(what: string, holds: () => Promise<boolean>): Promise<void>;
}

const withinMs = 120_000;

export async function startOperator(): Promise<Operator> {
  const stateDir = mkdtempSync(join(tmpdir(), 'issue-on-behalf-'));
  const denied: string[] = [];
  const onTrouble = (line: string) => void (line.startsWith('Access denied') && denied.push(line));
  const system = await startLocalSystem({ port: 0, stateDir, onTrouble });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const { endpoints, outputs } = system.cloud;
  const sqs = new SQSClient({ endpoint: endpoints.messages, region: 'eu-west-1', credentials });
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: endpoints.tables, region: 'eu-west-1', credentials }),
  );

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`It did not come about: ${what}`);
      await sleep(250);
    }
  }

  return {
    system,
    stateDir,
    until,
    denied: () => denied,
    run: (name, ...args) =>
      new Promise((done) => {
        const all = ['--disable-warning=ExperimentalWarning', 'tools/iob.ts', name, ...args];
        const where = ['--environment', 'local', '--state', stateDir];
        execFile(process.execPath, [...all, ...where], (error, stdout, stderr) =>
          done({ status: error === null ? 0 : Number(error.code), text: `${stdout}${stderr}` }),
        );
      }),
    async putSwitches(account, switches) {
      const body = JSON.stringify(switches);
      const headers = { 'content-type': 'application/json' };
      const url = `${system.sandboxes.get(account)?.origin}/_sandbox/switches`;
      const answer = await fetch(url, { method: 'PUT', headers, body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async send(body, source) {
      const attributes = source === undefined ? {} : { source: { DataType: 'String', StringValue: source } };
      const QueueUrl = outputs['QueueUrl'];
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes: attributes }));
    },
    async items() {
      return (await table.send(new ScanCommand({ TableName: outputs['TableName'] }))).Items ?? [];
    },
    async reach(ids, ...statuses) {
      const api = apiClient(system.apiUrl, system.token);
      let views: IssuanceView[] = [];
      await until(`${ids.length} issuances ${statuses.join(' or ')}`, async () => {
        views = await pMap(ids, (id) => api.get(id), { concurrency: 8 });
        return views.every(({ status }) => statuses.includes(status));
      });
      return views;
    },
  };
}

/** A KYC event. */
export function kyc(holder: string) {
  const claims = { kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-20T09:30:00Z' };
  return { program: 'kyc', holder, claims, occurredAt: '2026-11-20T09:30:00Z' };
}

/** A company's data for a wallet that trusts us. */
export function company(holder: string, id: string) {
  const claims = { id, name: 'Windmill', issuing_authority: 'KVK', issuing_country: 'NL' };
  return { program: 'company-data', holder, claims, occurredAt: '2026-11-20T09:30:00Z' };
}

/** Sends an event through the API; gives the id. */
export async function ask(system: LocalSystem, key: string, event: ReturnType<typeof kyc | typeof company>) {
  const answer = await apiClient(system.apiUrl, system.token).post(key, event);
  if (!answer.accepted) throw new Error(answer.problem.title);
  return answer.issuance.id;
}
