/** The command that serves the AIR Kit sandbox until it is stopped. */
import { readCommandOptions, usage } from './command-options.ts';
import { SettingsError } from './settings.ts';
import { type AirKitSandbox, startAirKitSandbox } from './start-air-kit-sandbox.ts';

function describe(sandbox: AirKitSandbox): string {
  const { url, origin } = sandbox;
  const fault = '{"faults":{"lost-answers":{"kind":"drop","operation":"issue","every":5}}}';
  return `AIR Kit sandbox: ${url}
  POST ${url}/credentials/issue-on-behalf
  GET  ${url}/credentials/status?coreClaimHash=...
Partner JWTs are verified against ${sandbox.inspect().jwks.url}
Switches (GET, PUT to change, DELETE to reset): ${origin}/_sandbox/switches
  ${JSON.stringify(sandbox.switchboard.read())}
What it saw and who holds what: ${origin}/_sandbox/inspect
Try: curl -X PUT ${origin}/_sandbox/switches -d '${fault}'`;
}

async function main(): Promise<void> {
  const options = readCommandOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const sandbox = await startAirKitSandbox(options);
  console.log(describe(sandbox));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
}

main().catch((error: unknown) => {
  const badOptions = error instanceof SettingsError;
  console.error(error instanceof Error ? error.message : error);
  if (badOptions) console.error(`\n${usage}`);
  process.exitCode = badOptions ? 2 : 1;
});
