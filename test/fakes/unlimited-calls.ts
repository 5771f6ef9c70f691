/** Accounts without a ceiling on their calls. */
import type { CallsLeft } from '../../lib/submit/calls-left.ts';

export const unlimitedCalls: CallsLeft = { heldBack: async () => undefined };
