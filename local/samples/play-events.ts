/** Sends the sample events to the endpoints of their sources, and follows the results. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../lib/config/environment.ts';
import type { Problem } from '../../lib/http/problem.ts';
import type { IssuanceView } from '../../lib/issuance/view.ts';
import { senderSecret } from '../senders/sender-secret.ts';
import { signEvent } from '../senders/sign-event.ts';
import type { SourceAccess } from '../source-access.ts';
import { apiClient } from './api-client.ts';
import type { EventExpectation, EventSample } from './event-samples.ts';
import { follow, type Player } from './play.ts';

export interface EventPlayer extends Omit<Player, 'api'> {
  apiUrl: string;
  sources: Environment['sources'];
  access: ReadonlyMap<string, SourceAccess>;
}

type Answer = { ignored: true; code?: string } | (IssuanceView & { rule: string });

/** True when all ended as expected. */
export async function playEvents(samples: readonly EventSample[], player: EventPlayer): Promise<boolean> {
  const complaints = await Promise.all(samples.map((sample) => playEvent(sample, player)));
  for (const [index, note] of complaints.entries()) {
    const sample = samples[index]?.name;
    if (note !== undefined && sample !== undefined) player.report({ what: 'unexpected', sample, note });
  }
  return complaints.every((complaint) => complaint === undefined);
}

/** The difference from the expected result, or undefined. */
async function playEvent(sample: EventSample, player: EventPlayer): Promise<string | undefined> {
  const { name, source, expected } = sample;
  const response = await send(sample, player);
  if (!response.ok) {
    const { status, code, detail, title } = (await response.json()) as Problem;
    player.report({ what: 'refused', sample: name, httpStatus: status, code, note: detail ?? title });
    return complaintAbout(expected, { refused: code });
  }
  const answer = (await response.json()) as Answer;
  if ('ignored' in answer && answer.code !== undefined) {
    const { code } = answer;
    player.report({ what: 'refused', sample: name, httpStatus: response.status, code, note: 'kept for an operator' });
    return complaintAbout(expected, { refused: code });
  }
  if ('ignored' in answer) {
    player.report({ what: 'ignored', sample: name, source, note: `no rule of ${source} is for it` });
    return complaintAbout(expected, { ignored: true });
  }
  const { rule, ...accepted } = answer;
  player.report({ what: 'mapped', sample: name, id: accepted.id, source, rule, note: `rule ${rule} of ${source}` });
  const api = apiClient(player.apiUrl, player.access.get(source)?.token ?? '');
  const ended = await follow(name, accepted, { ...player, api });
  return complaintAbout(expected, { rule, ended: ended.assurance ?? ended.reason?.code ?? ended.status });
}

async function send({ source, example: name, changes }: EventSample, player: EventPlayer): Promise<Response> {
  const file = join(import.meta.dirname, '../../config/examples', source, `${name}.json`);
  const headersFile = file.replace(/\.json$/, '.headers.json');
  const example: object = JSON.parse(readFileSync(file, 'utf8'));
  const body = JSON.stringify({ ...example, ...changes(player.run, player.started) });
  const proof = player.sources[source]?.proof;
  const secret = player.access.get(source)?.secret;
  if (proof === undefined || secret === undefined) throw new Error(`The source ${source} accepts no webhooks here`);
  const headers = {
    'content-type': 'application/json',
    ...(existsSync(headersFile) ? JSON.parse(readFileSync(headersFile, 'utf8')) : {}),
  };
  const url = `${player.apiUrl}/v1/events/${source}`;
  const event = { body: Buffer.from(body), headers, url, id: `msg_${player.run}`, at: new Date() };
  const signed = await signEvent(proof, senderSecret(proof, secret), event);
  return fetch(signed.url, { method: 'POST', headers: signed.headers, body: new Uint8Array(signed.body) });
}

function complaintAbout(expected: EventExpectation, got: object): string | undefined {
  const [wanted, ended] = [expected, got].map((one) => Object.values(one).join(', '));
  return wanted === ended ? undefined : `was to end ${wanted}, ended ${ended}`;
}
