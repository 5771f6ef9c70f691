/** Every environment synthesizes, without findings; a configuration with a mistake does not. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { placeBundles } from '../../cdk/bundle.ts';
import { composeStacks } from '../../cdk/compose.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { acknowledgements, allFindings, covers, stackWide } from '../../tools/checks/nag-findings.ts';
import { emptyFunctions, synthesizeEmpty, temporaryFolder } from './synthesized.ts';

beforeEach(() => {
  // The CDK's own rules are checked by the one test that switches them on: they would repeat for each synthesis here.
  vi.stubEnv('CDK_VALIDATION', 'false');
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

describe('every environment', () => {
  test.each(['dev', 'prod', 'local'])('%s synthesizes with no finding that nobody has explained', (name) => {
    const { assembly } = synthesizeEmpty(loadEnvironment(name));
    expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual([
      `issue-on-behalf-${name}-stateful`,
      `issue-on-behalf-${name}-stateless`,
    ]);
  });

  test('passes the rules of CloudFormation too', () => {
    vi.stubEnv('CDK_VALIDATION', 'true');
    const { assembly } = synthesizeEmpty(loadEnvironment('prod'));
    const { pluginReports } = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
    expect(pluginReports).toEqual([]);
  });

  test('goes to the account and region its file names', () => {
    const environment = { ...loadEnvironment('prod'), awsAccount: '123456789012' };
    const { stateless } = synthesizeEmpty(environment);
    expect(stateless).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
  });
});

describe('acknowledgements', () => {
  const { app } = synthesizeEmpty(loadEnvironment('dev'));

  test('each is about something that is found, and has a reason', () => {
    const findings = allFindings(app);
    for (const each of acknowledgements(app)) {
      expect(findings.filter((finding) => covers(each, finding))).not.toEqual([]);
      expect(each.reason.length).toBeGreaterThan(40);
    }
  });

  test('none is for a whole stack', () => {
    expect(stackWide(app)).toEqual([]);
  });

  test('a finding that nobody has acknowledged stops the synthesis', () => {
    const environment = loadEnvironment('dev');
    const open = new App({ outdir: temporaryFolder() });
    const { stateful } = composeStacks(
      open,
      environment,
      placeBundles(environment, emptyFunctions(), temporaryFolder()),
    );
    new Bucket(stateful, 'Unlogged');
    expect(() => open.synth()).toThrow(/AwsSolutions-S1'/);
  });
});

describe('the command', () => {
  const run = (context: Record<string, string>) =>
    spawnSync(process.execPath, ['cdk/app.ts'], {
      encoding: 'utf8',
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ bundles: emptyFunctions(), ...context }) },
    });

  test('says which environments there are when it is told none', () => {
    const { status, stderr } = run({});
    expect(status).toBe(1);
    expect(stderr).toBe('Say which environment: -c environment=NAME, with NAME one of dev, local, prod\n');
  });

  test('refuses a key it does not know, by file, path and remedy, without a stack trace', () => {
    const configDirectory = temporaryFolder();
    cpSync('config', configDirectory, { recursive: true });
    const file = join(configDirectory, 'dev.json');
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...settings, limits: { workerConcurency: 5 } }));
    const { status, stderr } = run({ environment: 'dev', configDirectory });
    expect(status).toBe(1);
    expect(stderr).toContain(`${file}: limits: `);
    expect(stderr).toContain('workerConcurency');
    expect(stderr).not.toContain('    at ');
  });
});
