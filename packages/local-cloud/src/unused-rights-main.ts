/** Prints the rights of an assembly that no recorded call has used: `node unused-rights-main.ts ASSEMBLY_DIR CALLS_FILE`. */
import { placeFor, regionOf } from './cloud-place.ts';
import { readCalls } from './iam/call-record.ts';
import { neededBy, type Right, rightsOf } from './iam/rights.ts';
import { loadAssembly } from './template/assembly.ts';
import { readPlan } from './template/plan.ts';

const [assemblyDir, callsFile] = process.argv.slice(2);
if (assemblyDir === undefined || callsFile === undefined) {
  console.error('usage: unused-rights-main.ts ASSEMBLY_DIR CALLS_FILE');
  process.exit(2);
}

function describe({ of, holder, action, resource }: Right): string {
  if (of === 'trust') return `trust of ${holder}: ${action}`;
  return of === 'role' ? `role ${holder}: ${action} on ${resource}` : `policy of ${holder}: ${action}`;
}

const assembly = loadAssembly(assemblyDir);
const { access } = readPlan(assembly, placeFor(regionOf(assembly)));
const calls = readCalls(callsFile);
const rights = rightsOf(access);
const unused: Right[] = [];
for (const right of rights) if (!(await neededBy(right, calls, access))) unused.push(right);
for (const right of unused) console.log(describe(right));
console.error(`${rights.length} rights are granted; ${calls.length} recorded calls use all but ${unused.length}`);
