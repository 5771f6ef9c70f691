/** What the product is made of: bills of materials, licences, known vulnerabilities; `npm run supply-chain`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunctions, loadedLater } from '../cdk/bundle.ts';
import { type Bill, billOf } from './supply-chain/bill.ts';
import { bundledPackages, type Metafile } from './supply-chain/bundled-packages.ts';
import { licenceProblems } from './supply-chain/licences.ts';
import { audit, type Findings } from './supply-chain/vulnerabilities.ts';

const root = join(import.meta.dirname, '..');

function npmBill(): Bill {
  const given = ['sbom', '--sbom-format', 'cyclonedx'];
  const { status, stdout, stderr } = spawnSync('npm', given, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`npm sbom failed; run npm ci first\n${stderr.trim()}`);
  return JSON.parse(stdout) as Bill;
}

function save(name: string, bill: Bill): void {
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(join(root, 'build', name), `${JSON.stringify(bill, undefined, 2)}\n`);
  console.log(`build/${name}: ${bill.components.length} packages`);
}

/** Prints the findings; whether they are acceptable. An unanswered question is not. */
function reportVulnerabilities(findings: Findings, deployed: Bill): boolean {
  if ('unknown' in findings) {
    console.log(`Known vulnerabilities: not found out (${findings.unknown})`);
    return false;
  }
  const names = new Set(deployed.components.map(({ name }) => name));
  for (const { name, severity, range, fix } of findings.known) {
    const place = names.has(name) ? 'deployed' : 'development';
    console.log(`${severity.padEnd(9)} ${name} ${range} (${place})${fix ? ', fixed in a later version' : ''}`);
  }
  console.log(`Known vulnerabilities: ${findings.known.length}`);
  return !findings.known.some(({ name, severity }) => names.has(name) || ['critical', 'high'].includes(severity));
}

await buildFunctions();
const metafile = JSON.parse(readFileSync(join(root, 'build/metafile.json'), 'utf8')) as Metafile;
const whole = npmBill();
const deployedNames = bundledPackages(metafile, Object.keys(loadedLater), root);
const deployed = billOf(whole, deployedNames);
save('sbom.cdx.json', deployed);
save('sbom-development.cdx.json', whole);
const problems = licenceProblems(whole.components, deployedNames);
for (const problem of problems) console.log(problem);
console.log(`Licences: ${problems.length === 0 ? 'all allowed' : `${problems.length} not allowed`}`);
const isSafe = process.argv.includes('--offline') || reportVulnerabilities(audit(root), deployed);
if (problems.length > 0 || !isSafe) process.exitCode = 1;
