/** Asks an HTTP directory for a holder: one deadline, no redirects, only public addresses unless the configuration allows others. */
import type { Fetch } from '../../http/connecting-fetch.ts';
import { NoAnswer, type OutboundAnswer, type OutboundRequest, request } from '../../http/outbound.ts';
import { isRefusedAddress } from '../../http/public-addresses.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { holderIn, questionOf, unusable } from './expressions.ts';
import type { HttpLookup } from './settings.ts';

/** The entry of a look-up in the secret provider-accounts. Throws `secret-unavailable`. */
export interface LookupSecret {
  read(): Promise<Readonly<Record<string, string>>>;
  /** Reads the secret again, because the directory did not accept the last value. */
  refresh(): Promise<Readonly<Record<string, string>>>;
}

export interface HttpDirectoryPorts {
  /** Connects to any address. */
  fetch: Fetch;
  /** Connects to public addresses only. */
  publicFetch: Fetch;
  /** One deadline for the look-up, in milliseconds. */
  deadlineMs: number;
  secret: LookupSecret;
  now(): Date;
}

/** Throws as Directories.find does. */
export async function askHttp(lookup: HttpLookup, key: string, ports: HttpDirectoryPorts): Promise<string> {
  const wanted = await questionFor(lookup, key);
  const until = Date.now() + ports.deadlineMs;
  const fetch = lookup.allowPrivateAddresses ? ports.fetch : ports.publicFetch;
  const ask = async (secret: () => Promise<Readonly<Record<string, string>>>) => {
    const headers = lookup.authentication.type === 'none' ? {} : credentials(lookup.authentication, await secret());
    return send({ ...wanted, headers }, { fetch, deadlineMs: Math.max(1, until - Date.now()) });
  };
  const first = await ask(ports.secret.read);
  const isRefused = first.status === 401 && lookup.authentication.type !== 'none';
  const answer = isRefused ? await ask(ports.secret.refresh) : first;
  if (answer.status < 200 || answer.status > 299) throw failureOf(answer, ports.now());
  if (answer.json === undefined) throw unusable(`HTTP ${answer.status} without JSON, or with more than 64 KB`);
  return holderIn(answer.json, lookup.answer, key);
}

/** The request, without our credentials. Throws `holder-not-found` or `lookup-refused`. */
export async function questionFor({ url, body }: HttpLookup, key: string): Promise<OutboundRequest> {
  // The URL's parser would take these for steps in the path; percent-encoding does not prevent it.
  if (url.includes('{key}') && /^\.{1,2}$/.test(key)) throw new IssuanceError('holder-not-found');
  const address = url.replaceAll('{key}', () => encodeURIComponent(key));
  if (body === undefined) return { method: 'GET', url: address };
  return { method: 'POST', url: address, json: await questionOf('body', body, key) };
}

type Credentials = Exclude<HttpLookup['authentication'], { type: 'none' }>;

function credentials(how: Credentials, secret: Readonly<Record<string, string>>): Record<string, string> {
  const member = (name: string) => {
    const value = secret[name];
    if (value !== undefined && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) return value;
    throw new IssuanceError('secret-unavailable', {
      detail: `the ${name} of the look-up is missing or not printable ASCII`,
    });
  };
  if (how.type === 'header') return { [how.header]: member('token') };
  if (how.type === 'bearer') return { authorization: `Bearer ${member('token')}` };
  const pair = Buffer.from(`${member('username')}:${member('password')}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

async function send(wanted: OutboundRequest, limits: { fetch: Fetch; deadlineMs: number }): Promise<OutboundAnswer> {
  try {
    return await request(wanted, limits);
  } catch (cause) {
    if (!(cause instanceof NoAnswer)) throw cause;
    if (isRefusedAddress(cause)) {
      throw new IssuanceError('lookup-refused', { cause, detail: 'the address of the directory is not public' });
    }
    throw new IssuanceError('lookup-unavailable', { cause });
  }
}

/** Never contains the directory's text, which may repeat values. */
function failureOf({ status, headers }: OutboundAnswer, now: Date): IssuanceError {
  if (status === 404 || status === 410) return new IssuanceError('holder-not-found', { detail: `HTTP ${status}` });
  const isAway = status >= 500 || [408, 425, 429].includes(status);
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), now);
  return new IssuanceError(isAway ? 'lookup-unavailable' : 'lookup-refused', {
    detail: `HTTP ${status}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
