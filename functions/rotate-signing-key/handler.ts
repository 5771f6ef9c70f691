/** The requests to the function: a step of Secrets Manager's rotation, or a request of an operator. */
import * as z from 'zod/mini';
import { type Dropped, dropKeys } from '../../lib/signing/emergency.ts';
import { type KeysStatus, keysStatus } from '../../lib/signing/keys-status.ts';
import { type RotationPorts, rotate } from '../../lib/signing/rotation.ts';

const rotationStep = z.looseObject({
  Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']),
  SecretId: z.string(),
  ClientRequestToken: z.string(),
});

const operatorsRequest = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('status') }),
  z.strictObject({ operation: z.literal('drop'), kids: z.array(z.string().brand<'kid'>()).check(z.minLength(1)) }),
]);

export type OperatorsRequest = z.input<typeof operatorsRequest>;

/** Carries out a request. `portsFor` binds the ports to the secret that a rotation names, or else to the environment's secret. */
export async function answer(
  event: unknown,
  portsFor: (secretId?: string) => RotationPorts,
): Promise<KeysStatus | Dropped | undefined> {
  const step = rotationStep.safeParse(event);
  if (step.success) {
    const { Step, SecretId, ClientRequestToken } = step.data;
    await rotate(Step, ClientRequestToken, portsFor(SecretId));
    return undefined;
  }
  const request = operatorsRequest.parse(event);
  return request.operation === 'status' ? keysStatus(portsFor()) : dropKeys(request.kids, portsFor());
}
