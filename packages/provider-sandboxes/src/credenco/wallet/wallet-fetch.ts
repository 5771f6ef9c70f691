/** Outbound requests of the wallets: the sender of an offer chooses the address, so requests never leave this machine. */

const deadlineMs = 10_000;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the host of a URL, without its port, is this machine. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

/** A fetch for loopback addresses, without redirects and with a deadline of ten seconds; `closing` ends it early. */
export function walletFetch(closing: AbortSignal): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!/^https?:$/.test(url.protocol) || !isLoopback(url.hostname)) {
      throw new Error(`a wallet of this sandbox does not fetch from ${url.origin}`);
    }
    const signal = AbortSignal.any([closing, AbortSignal.timeout(deadlineMs)]);
    return await fetch(input, { ...init, redirect: 'error', signal });
  };
}
