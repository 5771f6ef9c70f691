/** The durations of a simulated deployment: the real ones, but for deadlines that would only make runs longer. */
import { timingsOf } from '../../lib/config/timings.ts';

const timings = timingsOf({ providerCallSeconds: 10 });
const minute = 60_000;

export const start = Date.parse('2026-11-22T09:00:00.000Z');
export const callMs = timings.callSeconds * 1000;
export const functionMs = timings.functionSeconds * 1000;
export const settlingMs = timings.settlingSeconds * 1000;
export const expressMs = timings.expressSeconds * 1000;
export const leaseMs = timings.leaseSeconds * 1000;
export const visibilityMs = timings.visibilitySeconds * 1000;
export const deadlineMs = 15 * minute;
export const retryMs = 20 * minute;
export const retentionMs = 150 * minute;
export const reconcileEveryMs = 5 * minute;
export const triggerMs = 29_000;
/** In every address, claim and token; found in a log, event, answer or attribute, it has leaked. */
export const mark = 'zq7marked';
