/** The rules at Credenco: an event's offers can be claimed once in all, and what is said of them is true. */
import type { Followed } from './chronicle.ts';
import type { Offer } from './offer-model.ts';
import type { World } from './world.ts';

export class OfferRules {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** A wallet that was given two live offers can claim both at any time. */
  pushed(offer: Offer): void {
    const { chronicle, company } = this.#world;
    const others = company?.offers.filter((other) => other.event === offer.event && other !== offer) ?? [];
    if (company?.isAlive(offer) && others.some((other) => other.pushed && company.isAlive(other))) {
      chronicle.violated('8 one claim', `two offers of ${offer.event} can be claimed`);
    }
  }

  claimed(offer: Offer): void {
    const { chronicle, company } = this.#world;
    const claimed = company?.offers.filter(({ event, claimedAt }) => event === offer.event && claimedAt !== undefined);
    if ((claimed?.length ?? 0) > 1) chronicle.violated('8 one claim', `a wallet has two credentials of ${offer.event}`);
    const followed = chronicle.byEvent.get(offer.event);
    if (followed === undefined) chronicle.violated('3 durable first', 'an offer was made of what is not in the store');
    else if (followed.variant !== offer.variant) {
      chronicle.violated('1 one commit', `${offer.event} was issued with the claims of another payload`);
    }
  }

  /** `confirmed` is said of an offer of this event that a wallet has claimed. */
  confirmed({ event, record }: Followed): void {
    const offer = this.#world.company?.under(record.receipt?.['correlationId']);
    if (offer?.event === event && offer.claimedAt !== undefined) return;
    this.#world.chronicle.violated('7 newest claims', `${event} is confirmed and no wallet has claimed its offer`);
  }

  /** At rest: what ended without a credential has none, and none can be claimed of it any more. */
  ended({ event, record, rests }: Followed): void {
    const { chronicle, company } = this.#world;
    if (record.status !== 'failed' && record.status !== 'superseded') return;
    // Once uncertain, it may have been issued; the operator who retried it after that has answered for what it left.
    if (rests.some(({ status }) => status === 'uncertain')) return;
    const left = company?.offers.filter((offer) => offer.event === event && offer.pushed && company.isAlive(offer));
    if (left !== undefined && left.length > 0) {
      chronicle.violated('8 one claim', `${event} is ${record.status} and its offer is claimed or can be`);
    }
  }
}
