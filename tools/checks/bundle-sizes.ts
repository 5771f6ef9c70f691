/** Builds the functions and checks the size of each bundle against its budget; `npm run check:sizes`. */
import { buildFunctions, functionNames } from '../../cdk/bundle.ts';
import type { FunctionName } from '../../lib/config/function-environment.ts';

// The code that a cold start loads. The table, secrets and Step Functions clients, jose and a schema library alone are 381 KB.
const budgetKilobytes: Record<FunctionName, number> = {
  // JSONata and the checker of claims are files beside the bundles and are loaded with the first event that needs them.
  trigger: 520,
  // It also reads the deliveries of sources, like the trigger.
  worker: 500,
  poller: 450,
  reconcile: 450,
  'rotate-signing-key': 650,
};

const sizes = await buildFunctions();
for (const name of functionNames) {
  const kilobytes = sizes[name] / 1000;
  const budget = budgetKilobytes[name];
  const over = kilobytes > budget;
  if (over) process.exitCode = 1;
  console.log(`${name.padEnd(20)}${kilobytes.toFixed(1).padStart(7)} KB of ${budget} KB${over ? '  OVER BUDGET' : ''}`);
}
