/** The settings of all our AWS clients: only the differences from the SDK's defaults, which wait endlessly. */

const tries = 4;
const requestMs = 4000;
/** The SDK's pauses between four attempts are at most 0.2, 0.4 and 0.8 seconds. */
const pausesMs = 1500;

/**
 * Region and credentials come from the function. `requestTimeout` lasts from the beginning to the answer's headers, and
 * by itself only writes a warning; `socketTimeout` aborts an answer that stops in the middle.
 */
export const clientSettings = {
  maxAttempts: tries,
  requestHandler: {
    connectionTimeout: 2000,
    requestTimeout: requestMs,
    throwOnRequestTimeout: true,
    socketTimeout: requestMs,
  },
} as const;

/** The maximum duration of a call that is never answered. Every function has more time than this. */
export const longestCallMs = tries * requestMs + pausesMs;
