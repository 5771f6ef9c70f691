/** Asks from the thread of an embedded service whether a call is allowed, and remembers the answers. */
import type { MessagePort } from 'node:worker_threads';
import type { Access } from './access.ts';
import type { Call } from './calls.ts';
import type { Refusal } from './refusal.ts';

interface GateQuestion {
  id: number;
  keyId: string | undefined;
  calls: Call[];
}

interface GateAnswer {
  id: number;
  refusal: Refusal | undefined;
}

const mostAnswers = 20_000;

/** The side of the embedded service; without a port everything is allowed. */
export class Gate {
  readonly #port: MessagePort | undefined;
  readonly #waiting = new Map<number, (refusal: Refusal | undefined) => void>();
  readonly #answers = new Map<string, Promise<Refusal | undefined>>();
  #next = 0;

  constructor(port: MessagePort | undefined) {
    this.#port = port;
    port?.on('message', ({ id, refusal }: GateAnswer) => {
      this.#waiting.get(id)?.(refusal);
      this.#waiting.delete(id);
    });
  }

  /** The first refusal, or undefined if all calls are allowed to the owner of the access key. */
  refusal(keyId: string | undefined, calls: Call[]): Promise<Refusal | undefined> {
    const key = JSON.stringify([keyId, calls]);
    const known = this.#answers.get(key);
    if (known) return known;
    if (this.#answers.size >= mostAnswers) this.#answers.clear();
    const answer = this.#ask(keyId, calls);
    this.#answers.set(key, answer);
    return answer;
  }

  #ask(keyId: string | undefined, calls: Call[]): Promise<Refusal | undefined> {
    if (!this.#port) return Promise.resolve(undefined);
    const id = this.#next++;
    const question: GateQuestion = { id, keyId, calls };
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#port?.postMessage(question);
    });
  }
}

/** The other side: answers by the permissions. A call that cannot be evaluated is refused. */
export function answerGate(port: MessagePort, access: Access, onError: (error: unknown) => void): void {
  const answer = async ({ id, keyId, calls }: GateQuestion): Promise<void> => {
    const refusal = await access.refusal(access.callerWith(keyId), calls).catch((error: unknown) => {
      onError(error);
      const [call = { action: 'unknown', resource: '*' }] = calls;
      return { ...call, message: `the permission for ${call.action} cannot be evaluated` };
    });
    const made: GateAnswer = { id, refusal };
    port.postMessage(made);
  };
  port.on('message', (question: GateQuestion) => void answer(question));
  port.unref();
}
