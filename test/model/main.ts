/** `npm run model`: explores the model of the protocol, or a broken one, and prints the trace of what it finds. */
import { parseArgs } from 'node:util';
import { breaches, isBreach } from './breaches.ts';
import { search } from './search.ts';
import { printed } from './trace.ts';

const usage = `npm run model -- [--workers N] [--newer] [--break NAME]
--newer: a newer event for the holder may come at any time
--break: ${Object.keys(breaches).join(', ')}`;

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '2' },
    newer: { type: 'boolean', default: false },
    break: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function main(): number {
  const { workers, newer, break: name, help } = values;
  if (help || !/^[1-4]$/.test(workers) || (name !== undefined && !isBreach(name))) {
    console.log(usage);
    return help ? 0 : 2;
  }
  const startedAt = performance.now();
  const found = search({ workers: Number(workers), newer, ...(name !== undefined && { rules: breaches[name] }) });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  for (const line of found.violation ? printed(found.violation) : []) console.log(line);
  console.log(`${found.states} states, ${found.steps} steps, ${seconds} s, ${found.violation ? 1 : 0} violations`);
  return found.violation === undefined ? 0 : 1;
}

process.exitCode = main();
