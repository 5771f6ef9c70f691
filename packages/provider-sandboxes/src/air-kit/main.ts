/** The command that serves the AIR Kit sandbox. */
import type { CommandOptions } from '../kit/command-options.ts';
import { serveCommand } from '../kit/serve-command.ts';
import { type AirKitSandbox, type AirKitSandboxOptions, startAirKitSandbox } from './start-air-kit-sandbox.ts';

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

/** The start validates the configuration. */
function optionsOf({ configuration, listening, own }: CommandOptions): AirKitSandboxOptions {
  const partner = typeof configuration['partner'] === 'object' ? configuration['partner'] : {};
  const given = {
    ...(own['jwks-url'] !== undefined && { jwksUrl: own['jwks-url'] }),
    ...(own['partner-id'] !== undefined && { partnerId: own['partner-id'] }),
  };
  return { ...configuration, partner: { ...partner, ...given }, ...listening } as AirKitSandboxOptions;
}

await serveCommand({
  script: 'sandbox:air-kit',
  defaultPort: 4020,
  members: 'partner, programs, refusedConsent, onchainDelayMs, switches',
  kept: 'what was issued',
  ownOptions: {
    'jwks-url': { value: 'URL', help: 'registered JWKS URL of the partner: https, or http on this machine' },
    'partner-id': { value: 'UUID', help: 'partner that may issue' },
  },
  example: new URL('example.json', import.meta.url),
  async start(options) {
    const sandbox = await startAirKitSandbox(optionsOf(options));
    return { sandbox, description: describe(sandbox) };
  },
});
