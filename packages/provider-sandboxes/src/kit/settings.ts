/** Validates the settings of a sandbox. */
import * as z from 'zod';
import { Refusal } from './refusal.ts';
import { createSwitchboard, type Switchboard, type SwitchboardOptions } from './switchboard.ts';

/** The settings are wrong; the message names each wrong key. */
export class SettingsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SettingsError';
  }
}

/** Settings with their defaults filled in; throws a SettingsError. */
export function checkSettings<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new SettingsError(z.prettifyError(result.error), { cause: result.error });
}

/** A switchboard whose initial values come from the settings; throws a SettingsError. */
export function switchboardFor<Own extends object>(options: SwitchboardOptions<Own>): Switchboard<Own> {
  try {
    return createSwitchboard(options);
  } catch (error) {
    if (error instanceof Refusal) throw new SettingsError(error.message, { cause: error });
    throw error;
  }
}
