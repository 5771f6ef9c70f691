/** `npm start`: everything on one machine, the sample events through it, and then it keeps serving. */
import { randomBytes } from 'node:crypto';
import { relative } from 'node:path';
import { statusesWith } from '../lib/issuance/status.ts';
import { type LocalSystem, startLocalSystem } from './local-system.ts';
import { type ApiClient, apiClient } from './samples/api-client.ts';
import { eventSamples } from './samples/event-samples.ts';
import { follow, type Player, playSamples } from './samples/play.ts';
import { playEvents } from './samples/play-events.ts';
import { samples } from './samples/samples.ts';
import { describeFailure } from './start-failure.ts';
import { readStartOptions, type StartOptions, UsageError, usage } from './start-options.ts';
import { jsonView } from './view/json-view.ts';
import { linesView } from './view/lines-view.ts';
import { tableView } from './view/table-view.ts';
import { counter, type View } from './view/view.ts';

function chooseView({ json }: StartOptions): View {
  if (json) return jsonView();
  if (!process.stdout.isTTY) return linesView();
  return tableView(new Map([...samples, ...eventSamples].map(({ name, story }) => [name, story])));
}

function describe(system: LocalSystem): string {
  const { apiUrl, jwksUrl, queueUrl, directoryUrl, sandboxes, tokenFile } = system;
  const body = JSON.stringify({
    program: 'kyc',
    holder: 'you@example.com',
    claims: { kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-20T09:30:00Z' },
    occurredAt: '2026-11-20T09:30:00Z',
  });
  const lines = [
    '',
    `API      ${apiUrl}/v1`,
    `JWKS     ${jwksUrl}`,
    `Queue    ${queueUrl}`,
    ...[...sandboxes].map(([name, { settings }]) => `Sandbox  ${settings.baseUrl} (${name})`),
    ...[...sandboxes.values()].map(({ origin }) => `         ${origin}/_sandbox/inspect shows who holds what`),
    `Sandbox  ${directoryUrl} (directory in which holders are looked up)`,
    '',
    'Try it:',
    `  curl -i ${apiUrl}/v1/issuances -H "authorization: Bearer $(cat ${relative('.', tokenFile)})" \\`,
    `    -H 'content-type: application/json' -H 'idempotency-key: my-first-event' \\`,
    `    -d '${body}'`,
    '',
  ];
  return lines.join('\n');
}

/** What an earlier run left on its way goes on by itself; it is shown beside the samples. */
async function followEarlier(api: ApiClient, player: Player): Promise<void> {
  const open = await Promise.all(statusesWith('stage', 'under-way').map(api.list));
  await Promise.all(open.flat().map((issuance) => follow(`earlier ${issuance.id.slice(4, 12)}`, issuance, player)));
}

async function play(system: LocalSystem, view: View): Promise<boolean> {
  const { count, summary } = counter();
  const api = apiClient(system.apiUrl, system.token);
  const player: Player = {
    api,
    run: randomBytes(4).toString('hex'),
    started: new Date(),
    report(happening) {
      count(happening);
      view.show(happening);
    },
  };
  const earlier = followEarlier(api, { ...player, report: (happening) => view.show(happening) });
  const { apiUrl, sources, sourceAccess: access } = system;
  const events = playEvents(eventSamples, { ...player, apiUrl, sources, access });
  const good = (await playSamples(samples, player)) && (await events);
  await Promise.all([events, earlier]);
  view.compare(new Map([...system.sandboxes].map(([account, sandbox]) => [account, sandbox.holdings()])));
  view.summarize(summary);
  return good;
}

/** Resolves when someone asks the process to end. */
function stopRequest(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}

async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const view = chooseView(options);
  const stopRequested = stopRequest();
  const system = await startLocalSystem({
    port: options.port,
    stateDir: options.stateDir,
    onProgress: (line) => view.say(line),
    onTrouble: (line) => view.say(line),
    onEvent: (event) => view.tell(event),
  });
  view.say(describe(system));
  const played = (options.samples ? play(system, view) : Promise.resolve(true)).then((good) => {
    if (!good) process.exitCode = 1;
    if (!options.once) view.say('Still running; stop with Ctrl-C. Issuances in progress continue at the next start.');
  });
  try {
    await (options.once ? Promise.race([played, stopRequested]) : Promise.all([played, stopRequested]));
  } finally {
    await system.stop();
  }
}

// `npm start | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** Whatever of a half-started system still holds the process gets this long to end by itself. */
const longestEndMs = 5_000;

function fail(error: unknown): void {
  console.error(describeFailure(error));
  if (error instanceof UsageError) console.error(`\n${usage}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
  setTimeout(() => process.exit(), longestEndMs).unref();
}

// A part that fails outside of any call, such as an embedded service that ends.
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

main().catch(fail);
