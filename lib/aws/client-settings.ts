/** What every AWS client of ours is told: only what differs from the SDK's defaults, which wait without end. */

const tries = 4;
const requestMs = 4000;
/** The SDK's pauses between four tries are 0.2, 0.4 and 0.8 seconds at the most. */
const pausesMs = 1500;

/**
 * Region and credentials come from the function. `requestTimeout` counts from the beginning to the answer's headers, and
 * alone it only writes a warning; `socketTimeout` aborts an answer that stops in the middle.
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

/** The longest that a call takes which is never answered. Every function has more time than this. */
export const longestCallMs = tries * requestMs + pausesMs;
