/** The base URL of a provider in the configuration. */
import * as z from 'zod/mini';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a URL is https, or http to this machine (a sandbox). */
export function isSafeOrigin(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}

/** https, or http to this machine; no user info, query or fragment; without the trailing slash. */
export const providerUrl = z.pipe(
  z.string().check(
    z.refine(
      (value) => {
        const url = URL.canParse(value) ? new URL(value) : undefined;
        return url !== undefined && isSafeOrigin(url) && !url.username && !url.password && !url.search && !url.hash;
      },
      { error: 'must be an https URL (http only for 127.0.0.1) without user info, query or fragment' },
    ),
  ),
  z.transform((value: string) => value.replace(/\/+$/, '')),
);
