/** `npx cdk bootstrap`, as the README writes it: it gets as far as AWS lets it, in the region of the environment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyFunctions, temporaryFolder } from './synthesized.ts';

/** The calls to AWS: action, stack and region. */
const calls: string[] = [];
let aws: Server;

const caller =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>' +
  '<Arn>arn:aws:iam::123456789012:user/someone</Arn><UserId>someone</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>';
const refusal =
  '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id CDKToolkit does not exist</Message></Error></ErrorResponse>';

beforeAll(async () => {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await text(request));
    const region = /Credential=\w+\/\d+\/([\w-]+)\//.exec(request.headers.authorization ?? '')?.[1];
    calls.push([form.get('Action'), form.get('StackName'), region].join(' '));
    const isCaller = form.get('Action') === 'GetCallerIdentity';
    response.writeHead(isCaller ? 200 : 400, { 'content-type': 'text/xml' }).end(isCaller ? caller : refusal);
  };
  aws = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
});
afterAll(() => aws.close());

test('creates the resources of the CDK in the region of the environment', { timeout: 600_000 }, async () => {
  const command = /^npx cdk (bootstrap .*)$/m.exec(readFileSync('README.md', 'utf8'))?.[1];
  const words = `${command} -c bundles=${emptyFunctions()} --output ${temporaryFolder()}`.split(' ');
  const child = spawn('node_modules/.bin/cdk', words, {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: temporaryFolder(),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_VALIDATION: 'false',
    },
  });
  const [status] = await once(child, 'exit');
  expect(calls).toContain('DescribeStacks CDKToolkit eu-west-1');
  expect(calls).toContain('CreateChangeSet CDKToolkit eu-west-1');
  // The one AWS refuses.
  expect(status).toBe(1);
});
