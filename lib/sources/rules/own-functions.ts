/** Functions of our own for rules, and JSONata's functions that depend on the machine, without this dependence. */
import { readJsonText } from './read-json-text.ts';
import { readTime } from './read-time.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSONata checks the arguments by a function's signature
export type Implementation = (this: any, ...args: any[]) => unknown;

export const ownFunctions: Readonly<Record<string, Implementation>> = { json: readJsonText, time: readTime };

/** Made of JSONata's own implementation. */
export const changed: Readonly<Record<string, (original: Implementation) => Implementation>> = { toMillis };

const withoutZone = /T\d\d:\d\d:\d\d(?:\.\d+)?$/;

/**
 * Without a zone, a time is UTC, and what a picture leaves out is that of 1970: JSONata takes the machine's zone, and the
 * current date.
 */
function toMillis(original: Implementation): Implementation {
  return function toMillis(timestamp: unknown, picture: unknown) {
    const isLocal = picture === undefined && typeof timestamp === 'string' && withoutZone.test(timestamp);
    const fixed = { ...this, environment: { ...this.environment, timestamp: new Date(0) } };
    return original.call(fixed, isLocal ? `${timestamp}Z` : timestamp, picture);
  };
}
