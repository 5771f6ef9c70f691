/** The rotation function, invoked for an operator: no key leaves it. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OperatorsRequest } from '../../functions/rotate-signing-key/handler.ts';
import type { Dropped } from '../../lib/signing/emergency.ts';
import type { KeysStatus } from '../../lib/signing/keys-status.ts';
import type { Target } from '../command-line/target.ts';

/** When the ring was and will be rotated, according to Secrets Manager. */
export interface RotationSchedule {
  last?: Date;
  next?: Date;
}

export interface KeysFunction {
  status(): Promise<KeysStatus>;
  drop(kids: string[]): Promise<Dropped>;
  schedule(): Promise<RotationSchedule>;
}

export function keysFunction(target: Target): KeysFunction {
  // A removal creates keys and reads the public address until it shows them, up to the function's own time-out.
  const lambda = new LambdaClient({
    ...target.client('services'),
    requestHandler: { requestTimeout: 90_000, throwOnRequestTimeout: true },
  });
  const secrets = new SecretsManagerClient(target.client('services'));

  async function ask(request: OperatorsRequest): Promise<unknown> {
    const command = { FunctionName: target.functionName('rotate-signing-key'), Payload: JSON.stringify(request) };
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand(command));
    const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8');
    if (FunctionError !== undefined) throw new Error(`The function refused: ${messageOf(text)}`);
    return JSON.parse(text);
  }

  return {
    status: async () => (await ask({ operation: 'status' })) as KeysStatus,
    drop: async (kids) => (await ask({ operation: 'drop', kids })) as Dropped,
    async schedule() {
      const { LastRotatedDate, NextRotationDate } = await secrets.send(
        new DescribeSecretCommand({ SecretId: target.output('SigningKeysSecretArn') }),
      );
      return { ...(LastRotatedDate && { last: LastRotatedDate }), ...(NextRotationDate && { next: NextRotationDate }) };
    },
  };
}

/** Lambda wraps an error into JSON. */
function messageOf(text: string): string {
  try {
    const { errorMessage } = JSON.parse(text) as { errorMessage?: string };
    return errorMessage ?? text;
  } catch {
    return text;
  }
}
