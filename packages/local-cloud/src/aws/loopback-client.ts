/** A small HTTP client for the embedded services: keep-alive on loopback, no signature, no retries. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { asObject, asText, type JsonObject } from '../template/json.ts';

/** An answer of an embedded service. */
export interface LoopbackAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The local run itself, which administers the account. */
const administrator = 'local';

// The services read the access key id, and do not verify the signature.
const authorizationOf = (keyId: string): string =>
  `AWS4-HMAC-SHA256 Credential=${keyId}/20260101/local/local/aws4_request, SignedHeaders=host, Signature=none`;

/** The headers of a request that is signed by the local run itself. */
export const administratorHeaders: Readonly<Record<string, string>> = { authorization: authorizationOf(administrator) };

/** A client for embedded services, until it is closed. */
export class LoopbackClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64, keepAliveMsecs: 30_000 });

  /** Sends one request and reads the whole answer. */
  send(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: string,
    signal?: AbortSignal,
  ): Promise<LoopbackAnswer> {
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent: this.#agent, ...(signal ? { signal } : {}) };
      const sent = request(url, options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Calls an operation of the AWS JSON 1.0 protocol; an error answer is thrown with its AWS name. Default for `keyId`: the local run. */
  async call(
    origin: string,
    target: string,
    input: object,
    { signal, keyId = administrator }: { signal?: AbortSignal; keyId?: string } = {},
  ): Promise<JsonObject> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': '20260101T000000Z',
      authorization: authorizationOf(keyId),
    };
    const answer = await this.send('POST', `${origin}/`, headers, JSON.stringify(input), signal);
    const parsed = asObject(JSON.parse(answer.body.toString() || '{}'));
    if (answer.status < 300) return parsed;
    const name = (asText(parsed['__type']) ?? 'ServiceError').split('#').at(-1) ?? 'ServiceError';
    const message = asText(parsed['message']) ?? asText(parsed['Message']);
    throw Object.assign(new Error(message ?? `${target} failed`), { name });
  }

  /** Closes idle connections. */
  close(): void {
    this.#agent.destroy();
  }
}
