/** The command that serves the Credenco sandbox. */
import { serveCommand } from '../kit/serve-command.ts';
import { type CredencoSandbox, type CredencoSandboxOptions, startCredencoSandbox } from './start-credenco-sandbox.ts';

function samples(url: string, { backend, templates, wallets }: CredencoSandboxOptions): string {
  const templateId = templates[0]?.templateId ?? '<template>';
  const wallet = encodeURIComponent(wallets?.[0]?.externalKey ?? '<wallet>');
  const claims = '{"id":"90004760","name":"CoolSoft B.V.","issuing_authority":"Credenco","issuing_country":"NL"}';
  const body = `{"correlation_id":"89cba89","template_id":"${templateId}","claims":${claims}}`;
  return `  curl ${url}/api/v2/credential/issue -H 'x-api-key: ${backend.apiKey}' -H 'content-type: application/json' -d '${body}'
  curl -X POST "${url}/api/oidc/offer/${wallet}?directIssue=true&credential_offer_uri=<from request_uri>"
  curl ${url}/api/v2/issue/89cba89 -H 'x-api-key: ${backend.apiKey}'
  curl -X PUT ${url}/_sandbox/switches -d '{"faults":{"lost-answers":{"kind":"drop","operation":"mint","every":5}}}'`;
}

function describe({ url, switchboard, inspect }: CredencoSandbox, options: CredencoSandboxOptions): string {
  const { issuers, wallets } = inspect();
  return `Credenco sandbox: ${url}
  POST ${url}/oauth2/token
  POST ${url}/api/v2/credential/issue
  POST ${url}/api/oidc/offer/{walletExternalKey}?directIssue=true&credential_offer_uri=...
  GET  ${url}/api/v2/issue/{correlation_id}
  POST ${url}/api/wallets/{walletExternalKey}/trusted-contacts
Issuers: ${issuers.map(({ did }) => did).join(', ')}
Templates: ${options.templates.map(({ templateId }) => templateId).join(', ')}
Wallets: ${wallets.map(({ externalKey }) => externalKey).join(', ')}
Switches (GET, PUT to change, DELETE to reset): ${url}/_sandbox/switches
  ${JSON.stringify(switchboard.read())}
What it saw and what is in each wallet: ${url}/_sandbox/inspect
Try:
${samples(url, options)}`;
}

await serveCommand({
  script: 'sandbox:credenco',
  defaultPort: 4021,
  members: 'backend, issuers, templates, wallets, switches',
  kept: 'keys, offers, credentials and contacts',
  ownOptions: {},
  example: new URL('example.json', import.meta.url),
  async start({ configuration, listening }) {
    // The start validates the configuration.
    const options = { ...configuration, ...listening } as CredencoSandboxOptions;
    const sandbox = await startCredencoSandbox(options);
    return { sandbox, description: describe(sandbox, options) };
  },
});
