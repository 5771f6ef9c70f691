/** What a role of a template may do, with resources named so that a person can read them. */
import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesized.ts';

// Logical ids end in a hash; the first pattern that fits names the resource.
const labels: [string, RegExp][] = [
  ['own log', /^\{"Fn::GetAtt":\["\w+LogsGroup\w+","Arn"\]\}$/],
  ['index', /IssuancesTable\w+Arn\w+"\},"\/index\/by-status"\]/],
  ['table', /GetAttIssuancesTable\w+"\}$/],
  ['dead letters', /GetAttQueueDeadLetters\w+Arn\w+"\}$/],
  ['queue', /GetAttQueue[0-9A-F]{8}Arn\w+"\}$/],
  ['api tokens', /RefSecretsApiTokens\w+"\}$/],
  ['source secrets', /RefSecretsSourceSecrets\w+"\}$/],
  ['provider accounts', /RefSecretsProviderAccounts\w+"\}$/],
  ['pseudonym key', /RefSecretsPseudonymKey\w+"\}$/],
  ['signing keys', /RefSecretsSigningKeys\w+"\}$/],
  ['events', /GetAttEventsBus\w+"\}$/],
  ['encryption key', /GetAttEncryptionKey\w+"\}$/],
  ['key set', /GetAttJwksBucket\w+Arn\w+"\},"\/.well-known\/jwks.json"\]/],
  ['distribution', /:distribution\/",\{"Fn::ImportValue":"[\w-]+:ExportsOutputRefJwksDistribution\w+"\}\]/],
  ['first poller executions', /^\{"Ref":"PollerExpressStateMachine\w+"\}$/],
  ['poller executions', /:stateMachine:issue-on-behalf-dev-poller"/],
  ['poller function', /^\{"Fn::GetAtt":\["PollerCheckStatusFunction\w+","Arn"\]\}$/],
];

interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, string>>;
}

/** The statements of all roles whose logical id begins so. */
function statementsOf(template: Template, rolePrefix: string): Statement[] {
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([, policy]) => policy.Properties['Roles'].some((role: { Ref: string }) => role.Ref.startsWith(rolePrefix)))
    .flatMap(([, policy]) => policy.Properties['PolicyDocument'].Statement);
}

function labelOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  return labels.find(([, pattern]) => pattern.test(text))?.[0] ?? text;
}

/** Everything a role may do: `resource: action action …`, one line per resource and condition, sorted. */
export function grantedTo(template: Template, rolePrefix: string): string[] {
  const lines = statementsOf(template, rolePrefix).flatMap((statement) => {
    const via = statement.Condition?.['StringEquals']?.['kms:ViaService'];
    const actions = [statement.Action].flat().join(' ');
    return [statement.Resource]
      .flat()
      .map((resource) => `${labelOf(resource)}${via === undefined ? '' : ` through ${via.split('.')[0]}`}: ${actions}`);
  });
  return lines.sort();
}
