/**
 * JSONata, loaded with the first event that needs it: most containers never receive one, and it would be a sixth of what
 * they load at startup.
 */
import type jsonata from 'jsonata';

export type Engine = typeof jsonata;

export async function loadEngine(): Promise<Engine> {
  return (await import('jsonata')).default;
}
