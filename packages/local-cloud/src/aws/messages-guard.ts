/** Checks the permission for each request to the embedded SQS and S3 before fauxqs carries it out. */
import { keyIdIn } from '../iam/callers.ts';
import type { Region } from '../iam/calls.ts';
import { type Denial, s3Denial, sqsDenial } from '../iam/denials.ts';
import type { Gate } from '../iam/gate.ts';
import { s3Calls } from '../iam/requests/s3.ts';
import { sqsCalls } from '../iam/requests/sqs.ts';
import { asObject } from '../template/json.ts';
import type { App, AppRequest } from './fauxqs-parts.ts';

const sqsTarget = 'AmazonSQS.';
/** The addresses of fauxqs itself, which AWS does not have. */
const inspection = /^\/(_fauxqs\/|health$)/;

const header = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

async function denialOf(request: AppRequest, gate: Gate, place: Region): Promise<Denial | undefined> {
  const { headers, method, url, body } = request;
  const keyId = keyIdIn(header(headers['authorization']), url);
  const target = header(headers['x-amz-target']) ?? '';
  if (target.startsWith(sqsTarget)) {
    const refusal = await gate.refusal(keyId, sqsCalls(place, target.slice(sqsTarget.length), asObject(body)));
    return refusal && sqsDenial(refusal);
  }
  const calls = s3Calls({ method, url, copySource: header(headers['x-amz-copy-source']) });
  // Whatever is not understood here is refused: it would run without a check.
  if (!calls) return s3Denial({ action: '', resource: '', message: 'The local run does not know the permission' });
  const refusal = await gate.refusal(keyId, calls);
  return refusal && s3Denial(refusal);
}

/** Adds the check to all routes; before the server listens. */
export function guardMessages(app: App, gate: Gate, place: Region): void {
  app.addHook('preHandler', async (request, reply) => {
    if (inspection.test(request.url)) return;
    const denial = await denialOf(request, gate, place);
    if (denial) await reply.code(denial.status).headers(denial.headers).send(denial.body);
  });
}
