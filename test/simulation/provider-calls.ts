/** The network between a process and the provider's model: `fetch` as the AIR Kit adapter sees it. */
import type { Answer, IssueBody } from './provider-model.ts';
import { callMs } from './settings.ts';
import type { VirtualProcess } from './virtual-process.ts';
import { lateFaults, lateMs, type ProviderFault } from './weather.ts';
import type { World } from './world.ts';

/** When a request arrives: `late` when nobody waits for it, `too-late` beyond what settles before it is asked about. */
export type Arrival = 'in-time' | 'late' | 'too-late';

type Serve = (arrival?: Arrival) => Answer;

interface Call {
  world: World;
  process: VirtualProcess;
  label: string;
  fault: ProviderFault | undefined;
  /** What the provider does when the request arrives; done once. */
  serve: Serve;
  resolve: (response: Response) => void;
  reject: (error: Error) => void;
}

/** How a call ends whose request never arrives. */
const lostOnTheWay: Partial<Record<ProviderFault, string>> = {
  'provider-unreachable': 'ECONNREFUSED',
  'provider-dropped-before-commit': 'ECONNRESET',
  'provider-hung-before-commit': 'TIMEOUT',
};

const late: readonly ProviderFault[] = lateFaults;

/** Faults with which it is turned away before it is carried out. */
const turnedAway: Partial<Record<ProviderFault, number>> = {
  'provider-429': 429,
  'provider-503': 503,
  'provider-5xx-before-commit': 500,
};

export function fetchOf(process: VirtualProcess, world: World): typeof fetch {
  return (input, init) => {
    if (!process.alive) return new Promise(() => undefined);
    const url = new URL(String(input));
    const [kid = '', email = ''] = (new Headers(init?.headers).get('x-partner-auth') ?? '').split('|');
    world.rules.tokenSent(kid);
    const label = `${init?.method} ${url.pathname.slice(16)}`;
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as IssueBody) : undefined;
    const serve: Serve = (arrival = 'in-time') => {
      const { provider, keys, timeline } = world;
      if (!keys.providerKnows(kid, timeline.now)) return { status: 401, json: { error: 401, message: 'unknown kid' } };
      if (body === undefined) return provider.status(url.searchParams.get('coreClaimHash') ?? '', timeline.now);
      const answer = provider.issue(email, body, timeline.now);
      if (answer.committed) world.rules.committed(answer.committed, process, arrival);
      return answer;
    };
    return sendOver(process, world, label, serve);
  };
}

/** Sends a request that the provider serves when it arrives, under the faults of the weather. */
export function sendOver(process: VirtualProcess, world: World, label: string, serve: Serve): Promise<Response> {
  if (!process.alive) return new Promise(() => undefined);
  const fault = world.weather.forProviderCall(world.timeline.now);
  if (fault === 'provider-crash-before-call') {
    process.die('before a call of the provider');
    return new Promise(() => undefined);
  }
  return new Promise((resolve, reject) => travel({ world, process, label, fault, serve, resolve, reject }));
}

function travel(call: Call): void {
  const { world, process, fault } = call;
  const { timeline, random } = world;
  const sentAt = timeline.now;
  const neverArrives = fault === undefined ? undefined : lostOnTheWay[fault];
  if (neverArrives !== undefined) {
    fail(call, neverArrives, neverArrives === 'TIMEOUT' ? callMs : process.latency());
    return;
  }
  if (fault !== undefined && late.includes(fault)) {
    const delay = random.between(callMs / 2, callMs + world.weather.mostLateMs);
    timeline.after(delay, () => note(call, call.serve(delay > callMs + lateMs ? 'too-late' : 'late')));
    giveUpOn(call);
    return;
  }
  if (fault === 'provider-crash-in-flight') {
    timeline.after(random.between(0, 20), () => process.die('during a provider call'));
  }
  const lands = random.chance(0.5);
  timeline.after(Math.min(process.latency(), callMs - 100), () => {
    if (!process.alive && !lands) return;
    const turned = fault === undefined ? undefined : turnedAway[fault];
    const answer = turned === undefined ? call.serve() : { status: turned, json: { error: turned, message: 'later' } };
    note(call, answer);
    back(call, answer, callMs - (timeline.now - sentAt));
  });
}

/** What the caller sees of a call that is carried out late. */
function giveUpOn(call: Call): void {
  const { world, process, fault } = call;
  const { random, timeline } = world;
  if (fault === 'provider-hung-late-commit') fail(call, 'TIMEOUT', callMs);
  else if (fault === 'provider-dropped-late-commit') fail(call, 'ECONNRESET', process.latency());
  else if (fault === 'provider-crash-late-commit') {
    timeline.after(random.between(0, callMs), () => process.die('during a provider call'));
  } else reply(call, { status: random.pick([500, 502, 503, 504]), json: { error: 500, message: 'failure' } });
}

/** The way back of an answer, which may be the last that is seen of it. */
function back(call: Call, answer: Answer, leftMs: number): void {
  const { process, fault, world } = call;
  const failure = { status: world.random.pick([500, 502, 504]), json: { error: 500, message: 'failure' } };
  if (fault === 'provider-crash-after-commit') process.die('after a provider call');
  else if (fault === 'provider-dropped-after-commit') fail(call, 'ECONNRESET', process.latency());
  else if (fault === 'provider-hung-after-commit') fail(call, 'TIMEOUT', leftMs);
  else if (fault === 'provider-5xx-after-commit') reply(call, failure);
  else if (fault === 'provider-503-after-commit') reply(call, { ...failure, status: 503 });
  else if (fault === 'provider-garbled-after-commit') reply(call, { status: answer.status, json: undefined });
  else reply(call, answer);
}

function reply({ world, process, resolve }: Call, { status, json }: Answer): void {
  const { timeline, provider, random } = world;
  const date = new Date(provider.clock(timeline.now)).toUTCString();
  const headers: Record<string, string> = { date, 'content-type': 'application/json' };
  if (status === 429 || status === 503) headers['retry-after'] = random.pick(['1', '30', 'soon', '1000000000', date]);
  const body = json === undefined ? '<html>' : JSON.stringify(json);
  // As much of a response as the outbound client reads; a real one would bring timers of its own.
  const response = { status, headers: { get: (name: string) => headers[name] ?? null }, body: [Buffer.from(body)] };
  process.later(() => resolve(response as unknown as Response));
}

function fail({ world, process, reject, label }: Call, code: string, afterMs: number): void {
  world.timeline.after(afterMs, () => {
    if (!process.alive) return;
    world.chronicle.tell(process.name, () => `${label} ends in ${code}`);
    reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
  });
}

function note({ world, process, label, fault }: Call, { status, json, committed }: Answer): void {
  world.chronicle.tell(process.name, () => {
    const issued = committed ? ` issued ${committed.event} as ${committed.hash.slice(-4)}` : '';
    return `${label}${fault ? ` (${fault})` : ''} = ${status}${issued} ${JSON.stringify(json)}`;
  });
}
