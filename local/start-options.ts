/** The options of `npm start`. */
import { parseArgs } from 'node:util';

export interface StartOptions {
  once: boolean;
  /** Whether the sample events are played. */
  samples: boolean;
  json: boolean;
  port: number;
  stateDir: string;
}

/** The command line is not valid; the message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm start -- [options]
  --once        play the samples, then stop; the exit status says whether each ended as expected
  --no-samples  only serve
  --json        one JSON object per status change and a summary, for programs
  --port N      port of the API (4010); the JWKS, the sandboxes and the queue use the next ports; 0 selects free ports
  --state DIR   folder that keeps tables, queues and secrets between starts (.local)
  --help        this text`;

/** Throws UsageError; undefined if only the help is requested. */
export function readStartOptions(args: string[]): StartOptions | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_500) throw new UsageError('--port takes a number from 0 to 65500');
  if (values.once && values['no-samples']) throw new UsageError('--once plays the samples; leave out --no-samples');
  return { once: values.once, samples: !values['no-samples'], json: values.json, port, stateDir: values.state };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        once: { type: 'boolean', default: false },
        'no-samples': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        port: { type: 'string', default: '4010' },
        state: { type: 'string', default: '.local' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option');
  }
}
