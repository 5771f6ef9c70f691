/** `npm run simulate`: runs seeds and reports, or replays one and prints every step. */
import { parseArgs } from 'node:util';
import { isMutation, mutations } from './mutations.ts';
import { report } from './report.ts';
import { run } from './simulation.ts';

const usage = `npm run simulate -- [--seeds N] [--from S] [--mutation NAME] [--credenco]
npm run simulate -- --seed X [--trace] [--mutation NAME]
mutations: ${Object.keys(mutations).join(', ')}`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    mutation: { type: 'string' },
    credenco: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  const { mutation: name, seed, trace } = values;
  const numbers = [values.seeds, values.from, seed ?? '1'].map(Number);
  if (values.help || (name !== undefined && !isMutation(name)) || !numbers.every(Number.isSafeInteger)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const mutation = {
    ...(name !== undefined && { mutation: mutations[name] }),
    ...(values.credenco && { at: 'credenco' as const }),
  };
  // Stacks say nothing here that a trace does not say better, and each costs as much as ten calls.
  Error.stackTraceLimit = 0;
  if (seed === undefined) return report(Number(values.from), Number(values.seeds), mutation);
  const one = await run(Number(seed), { ...mutation, traced: trace });
  for (const line of one.trace) console.log(line);
  for (const { rule, what } of one.violations) console.log(`violated "${rule}": ${what}`);
  console.log(`seed ${seed}: ${one.steps} steps, ${one.violations.length} violations`);
  return one.violations.length === 0 ? 0 : 1;
}

process.exitCode = await main();
