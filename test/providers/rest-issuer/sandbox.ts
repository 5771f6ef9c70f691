/** A stand-in for the REST issuer on one machine. */
import {
  createCallLog,
  createSwitchboard,
  type Operation,
  parseJson,
  Refusal,
  type SandboxRequest,
  type Switchboard,
  startSandboxServer,
} from '@issue-on-behalf/provider-sandboxes/kit';
import * as z from 'zod';

const switchesSchema = z.strictObject({
  /** A `state` to answer for every credential, such as one nobody has seen. */
  state: z.string().default('issued'),
  /** Which `id` an answer about a credential names. */
  answersAbout: z.enum(['asked', 'another']).default('asked'),
});

const request = z.strictObject({
  type: z.literal('membership'),
  holder: z.string(),
  claims: z.strictObject({ tier: z.string(), since: z.string() }),
});

/** A credential that was issued. */
interface Issued {
  readonly id: string;
  readonly key: string;
  readonly holder: string;
  readonly body: string;
}

export interface RestIssuerSandbox {
  readonly url: string;
  readonly switchboard: Switchboard<z.output<typeof switchesSchema>>;
  readonly issued: readonly Issued[];
  /** The bearer tokens that are accepted. */
  readonly tokens: Set<string>;
  calls(operation: string): number;
  close(): Promise<void>;
}

/** Issues credentials of the type `membership`, one for each idempotency key. */
export async function startRestIssuer(): Promise<RestIssuerSandbox> {
  const issued: Issued[] = [];
  const tokens = new Set<string>();
  const switchboard = createSwitchboard({ schema: switchesSchema, operations: ['issue', 'status'] });
  const calls = createCallLog();
  const errorReply = (status: number, message: string) => ({ status, json: { message } });
  const authenticate = ({ headers }: SandboxRequest) => {
    if (!tokens.has(headers.authorization?.replace(/^Bearer /, '') ?? '')) throw new Refusal(401, 'unknown token');
  };
  const operations: Operation[] = [
    {
      name: 'issue',
      method: 'POST',
      path: '/credentials',
      handle(received) {
        authenticate(received);
        const key = received.headers['idempotency-key'];
        if (typeof key !== 'string') throw new Refusal(400, 'idempotency-key is missing');
        const { success, data, error } = request.safeParse(parseJson(received.body));
        if (!success) throw new Refusal(400, error.message);
        const known = issued.find((one) => one.key === key);
        if (known !== undefined && known.body !== received.body.toString())
          throw new Refusal(422, 'the idempotency key had another body');
        const id = known?.id ?? `cred_${issued.length + 1}`;
        if (known === undefined) issued.push({ id, key, holder: data.holder, body: received.body.toString() });
        return { status: 202, json: { id, state: 'accepted' } };
      },
    },
    {
      name: 'status',
      method: 'GET',
      path: '/credentials/:id',
      handle(received) {
        authenticate(received);
        const { id } = received.params;
        if (!issued.some((one) => one.id === id)) throw new Refusal(404, 'no such credential');
        const { state, answersAbout } = switchboard.own();
        return { status: 200, json: { id: answersAbout === 'asked' ? id : 'cred_0', state } };
      },
    },
  ];
  const inspect = () => ({ calls: calls.report(), issued });
  const server = await startSandboxServer({
    name: 'rest-issuer',
    host: '127.0.0.1',
    port: 0,
    operations,
    switchboard,
    calls,
    errorReply,
    inspect,
  });
  return {
    url: server.origin,
    switchboard,
    issued,
    tokens,
    calls: (operation) => calls.report(0).byOperation[operation]?.calls ?? 0,
    close: () => server.close(),
  };
}
