/** A `fetch` that repeats a request for as long as repeating is safe and can help. */
import { NoAnswerError } from './errors.ts';
import { readRetryAfter, repeatPause } from './pauses.ts';
import type { Timing } from './timing.ts';

export interface Repeating {
  fetch: (request: Request) => Promise<Response>;
  /** How often a request is repeated after its first attempt. */
  repeats: number;
  /** How long one attempt may take, in milliseconds. */
  attemptMs: number;
  timing: Timing;
}

/**
 * Repeats after a network error, a 429 or a 5xx, and never after another answer. A request without an idempotency key that
 * changes something is sent once. Throws NoAnswerError, or the reason of the request's own signal.
 */
export function repeatingFetch(settings: Repeating): (request: Request) => Promise<Response> {
  return async (request) => {
    const { signal } = request;
    const repeats = isRepeatable(request) ? settings.repeats : 0;
    for (let repeat = 0; ; repeat += 1) {
      signal.throwIfAborted();
      const outcome = await attempt(request, settings);
      signal.throwIfAborted();
      const pause = repeat < repeats ? pauseAfter(outcome, repeat, settings.timing) : undefined;
      if (pause === undefined) return answerOf(outcome);
      await settings.timing.sleep(pause, signal);
    }
  };
}

type Outcome = { answer: Response } | { error: unknown };

/** The answer with its whole body, so that a body that breaks off counts as no answer. */
async function attempt(request: Request, { fetch, attemptMs }: Repeating): Promise<Outcome> {
  // Not AbortSignal.any and AbortSignal.timeout: Node may collect them as garbage before they abort.
  const controller = new AbortController();
  const ended = Promise.withResolvers<never>();
  const stop = (reason: unknown) => {
    ended.reject(reason);
    controller.abort(reason);
  };
  const stopped = () => stop(request.signal.reason);
  const timer = setTimeout(stop, attemptMs, new DOMException('The attempt took too long', 'TimeoutError'));
  request.signal.addEventListener('abort', stopped);
  try {
    const sent = fetch(new Request(request.clone(), { signal: controller.signal }));
    return { answer: await Promise.race([sent.then(complete), ended.promise]) };
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', stopped);
  }
}

async function complete(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers });
}

function isRepeatable({ method, headers }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');
}

/** Undefined: repeating cannot help, or not soon enough. */
function pauseAfter(outcome: Outcome, repeat: number, timing: Timing): number | undefined {
  if ('error' in outcome) return repeatPause(repeat, 0, timing.random());
  const { status, headers } = outcome.answer;
  if (status !== 429 && status < 500) return undefined;
  return repeatPause(repeat, readRetryAfter(headers.get('retry-after'), Date.now()), timing.random());
}

function answerOf(outcome: Outcome): Response {
  if ('error' in outcome) throw new NoAnswerError(outcome.error);
  return outcome.answer;
}
