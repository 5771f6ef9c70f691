/** The findings of cdk-nag before acknowledgements, and the acknowledgements. */
import { Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type IApplyRule, NagRuleCompliance } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** A rule that a resource, named by its construct path, violates. */
export interface Finding {
  rule: string;
  path: string;
}

/** A rule that is acknowledged for a construct and everything in it, with the reason. */
export interface Acknowledgement extends Finding {
  reason: string;
}

/** Runs the rules without regard to acknowledgements. */
class EveryFinding extends AwsSolutionsChecks {
  readonly findings: Finding[] = [];

  protected override applyRule(params: IApplyRule): void {
    const rule = `${this.packName}-${params.ruleSuffixOverride ?? params.rule.name}`;
    const result = params.rule(params.node);
    const path = params.node.node.path;
    if (result === NagRuleCompliance.NON_COMPLIANT) this.findings.push({ rule, path });
    if (Array.isArray(result)) this.findings.push(...result.map((detail) => ({ rule: `${rule}[${detail}]`, path })));
  }
}

/** Every finding in a tree of constructs, acknowledged or not. */
export function allFindings(scope: IConstruct): Finding[] {
  const checks = new EveryFinding();
  checks.validateScope(scope);
  return checks.findings;
}

/** Every acknowledgement in a tree of constructs. */
export function acknowledgements(scope: IConstruct): Acknowledgement[] {
  return scope.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap((entry) => Object.entries<string>(entry.data))
      .map(([id, reason]) => ({ rule: id.replace(/^annotation::/i, ''), path: node.path, reason })),
  );
}

/** Whether an acknowledgement covers this finding. */
export function covers({ rule, path }: Acknowledgement, finding: Finding): boolean {
  return rule === finding.rule && (finding.path === path || finding.path.startsWith(`${path}/`));
}

/** The acknowledgements for a whole stack or app, of which there should be none. */
export function stackWide(scope: IConstruct): Acknowledgement[] {
  const wide = new Set(
    scope.node
      .findAll()
      .filter((node) => node === scope || Stack.isStack(node))
      .map((each) => each.node.path),
  );
  return acknowledgements(scope).filter(({ path }) => wide.has(path));
}
