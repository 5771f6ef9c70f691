/** Replaces the addresses that API and site have in AWS with their local addresses. */
import type { Place } from './identity.ts';

const apiAddress = /https:\/\/[0-9a-f]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;

/** API and site use plain HTTP on loopback; a template builds https addresses from their names. */
export function atLoopback(place: Place, text: string): string {
  const site = new URL(place.siteOrigin).host;
  return text.replaceAll(`https://${site}`, place.siteOrigin).replaceAll(apiAddress, place.apiOrigin);
}
