/** Synthesizes dev and prod and counts resources, findings of cdk-nag and acknowledgements; `npm run check:synth`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions, placeBundles } from '../../cdk/bundle.ts';
import { synthesize } from '../../cdk/synthesize.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { acknowledgements, allFindings, covers } from './nag-findings.ts';

function report(name: string): void {
  const environment = loadEnvironment(name);
  const outdir = mkdtempSync(join(tmpdir(), `synth-${name}-`));
  const { app, assembly } = synthesize(environment, { bundles: placeBundles(environment), outdir });
  for (const stack of assembly.stacks) {
    console.log(`${stack.stackName}: ${Object.keys(stack.template.Resources).length} resources`);
  }
  const findings = allFindings(app);
  const acknowledged = acknowledgements(app);
  const open = findings.filter((finding) => !acknowledged.some((each) => covers(each, finding)));
  console.log(`${name}: ${open.length} findings of cdk-nag, ${findings.length - open.length} more acknowledged:`);
  for (const each of acknowledged) {
    const count = findings.filter((finding) => covers(each, finding)).length;
    console.log(`  ${each.rule} × ${count} at ${each.path}\n    ${each.reason}`);
  }
}

await buildFunctions();
for (const name of ['dev', 'prod']) report(name);
