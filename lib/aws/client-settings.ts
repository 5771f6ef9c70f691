/** What every AWS client of ours is told: only what differs from the SDK's defaults. */

/** Region and credentials come from the function; four tries end well before a function does. */
export const clientSettings = { maxAttempts: 4 } as const;
