/** The other side at Credenco: a model that mints offers, takes pushes, and wallets that claim them in their own time. */
import type { Answer } from './provider-model.ts';
import type { World } from './world.ts';

export interface Offer {
  correlationId: string;
  uri: string;
  /** The claims it carries. */
  event: string;
  variant: string;
  /** Until here it can be claimed; then its status is `error`. True time, as the next ones. */
  expiresAt: number;
  pushed: boolean;
  claimedAt: number | undefined;
}

interface Mint {
  correlation_id: string;
  claims: Record<string, string>;
}

const minute = 60_000;
const never = Number.POSITIVE_INFINITY;
export const origin = 'https://company.example';

export class OfferModel {
  readonly offers: Offer[] = [];
  readonly #world: World;
  readonly #repeated: 'same' | 'new' | 'conflict';
  readonly #lifetimeMs: number;

  constructor(world: World) {
    this.#world = world;
    this.#repeated = world.random.pick(['same', 'new', 'conflict']);
    this.#lifetimeMs = world.random.pick([10 * minute, 60 * 24 * minute]);
  }

  under(correlationId: string | undefined): Offer | undefined {
    const own = this.offers.filter((offer) => offer.correlationId === correlationId);
    return own.find(({ claimedAt }) => claimedAt !== undefined) ?? own.at(-1);
  }

  /** Whether it can be claimed some day, or has been. */
  isAlive({ claimedAt, expiresAt }: Offer): boolean {
    return claimedAt !== undefined || this.#world.timeline.now < expiresAt;
  }

  serve(method: string, url: URL, body: Mint | undefined): Answer {
    const { provider, timeline } = this.#world;
    if (timeline.now < provider.outageUntil) return answer(503);
    if (timeline.now < provider.forbiddenUntil) return answer(403);
    if (body !== undefined) return this.#mint(body);
    if (method === 'POST') return this.#push(url.searchParams.get('credential_offer_uri') ?? '');
    return this.#status(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''));
  }

  #mint({ correlation_id, claims }: Mint): Answer {
    if (claims['fit'] === 'false') return answer(400);
    const earlier = this.under(correlation_id);
    if (earlier !== undefined && this.#repeated === 'conflict') return answer(409);
    const usable = earlier !== undefined && this.#repeated === 'same' && this.isAlive(earlier);
    const offer = usable ? earlier : this.#minted(correlation_id, claims);
    const request_uri = `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(offer.uri)}`;
    return answer(200, { correlation_id, request_uri, status_uri: `${origin}/api/v2/issue/${correlation_id}` });
  }

  #minted(correlationId: string, { event = '', variant = '' }: Record<string, string>): Offer {
    const uri = `${origin}/api/oidc/credential-offer/${this.offers.length + 1}`;
    const expiresAt = this.#world.timeline.now + this.#lifetimeMs;
    const offer = { correlationId, uri, event, variant, expiresAt, pushed: false, claimedAt: undefined };
    this.offers.push(offer);
    return offer;
  }

  /** The wallet claims it at once, later, after it has been off line for long, or never. */
  #push(uri: string): Answer {
    const { timeline, random, offerRules } = this.#world;
    const offer = this.offers.find((one) => one.uri === uri);
    if (offer === undefined) return answer(400);
    offer.pushed = true;
    offerRules.pushed(offer);
    const waitMs = random.pick([200, 3_000, 3_000, 30_000, 12 * minute, 40 * minute, never]);
    if (waitMs !== never) timeline.after(waitMs, () => this.#claim(offer));
    return answer(201);
  }

  #claim(offer: Offer): void {
    if (offer.claimedAt !== undefined || !this.isAlive(offer)) return;
    offer.claimedAt = this.#world.timeline.now;
    this.#world.offerRules.claimed(offer);
  }

  #status(correlationId: string): Answer {
    const { weather, timeline, random } = this.#world;
    const { now } = timeline;
    const asked = this.under(correlationId);
    if (asked === undefined || weather.strikes('status-missing', now, 0.3)) return answer(404);
    if (weather.strikes('status-unknown', now, 0.3)) return statusAnswer(asked, 'credential_offered');
    // A cache, or a mistake over there: the answer is about something else, and says so.
    const others = this.offers.filter((offer) => offer === asked || offer.correlationId !== correlationId);
    const offer = weather.strikes('status-of-another', now, 0.5) ? random.pick(others) : asked;
    if (offer.claimedAt !== undefined) return statusAnswer(offer, 'issue_completed');
    return statusAnswer(offer, this.isAlive(offer) ? 'issue_request_created' : 'error');
  }
}

function statusAnswer({ correlationId, uri }: Offer, status: string): Answer {
  return answer(200, { status, correlation_id: correlationId, revocation_uuid: `revokes-${uri.split('/').at(-1)}` });
}

function answer(status: number, json: unknown = { message: 'said by the model' }): Answer {
  return { status, json };
}
