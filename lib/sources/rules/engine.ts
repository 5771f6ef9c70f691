/**
 * JSONata, loaded with the first event that needs it: most containers never see one, and it is a sixth of what they
 * would load at their start.
 */
import type jsonata from 'jsonata';

export type Engine = typeof jsonata;

export async function loadEngine(): Promise<Engine> {
  return (await import('jsonata')).default;
}
