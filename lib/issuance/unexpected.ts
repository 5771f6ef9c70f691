/** The loggable part of an unexpected error: its kind and position, never its message. */
import type { LogEvent, Place } from './log-events.ts';

const mostFrames = 4;

/** Messages of errors can repeat values; names and positions in our own bundle cannot. */
export function describeUnexpected(error: unknown, where: Place): LogEvent & { event: 'unexpected-error' } {
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? framesOf(error) : [];
  const at = frames.slice(0, mostFrames).map((line) => line.trim().replace(/^at /, ''));
  const causedBy = error instanceof Error && error.cause instanceof Error ? { causedBy: error.cause.name } : {};
  return { event: 'unexpected-error', name, where, at: at.join(' < '), ...causedBy };
}

/** The lines of the stack after the message; the message itself may have lines that look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  const after = start < 0 ? stack : stack.slice(start + message.length);
  return after.split('\n').filter((line) => /^\s+at /.test(line));
}
