/** Turns the addresses that API and site have in the cloud into those they have here. */
import type { Place } from './identity.ts';

const apiAddress = /https:\/\/[0-9a-f]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;

/** API and site are plain HTTP on loopback; a template makes https addresses of their names. */
export function atLoopback(place: Place, text: string): string {
  const site = new URL(place.siteOrigin).host;
  return text.replaceAll(`https://${site}`, place.siteOrigin).replaceAll(apiAddress, place.apiOrigin);
}
