/** Checks the rules of a source before they are deployed, as far as possible without an event. */
import jsonata from 'jsonata';
import type { RuleSettings } from '../settings.ts';
import { describeSyntax } from './describe-syntax.ts';
import { isNode, nodesOf, type SyntaxNode } from './expression-tree.ts';
import { allowedFunctions, forbiddenFunctions } from './functions.ts';
import { programsNamed } from './programs-named.ts';
import { requestParts } from './request-parts.ts';

/** A problem in a part of a rule, and its remedy. */
export interface RuleProblem {
  path: (string | number)[];
  message: string;
}

const parts = ['when', ...requestParts] as const;

/** All problems in a source's rules; `programs` are the existing names. */
export function checkRules(rules: readonly RuleSettings[], programs: readonly string[]): RuleProblem[] {
  const names = rules.map(({ name }) => name);
  return rules.flatMap((rule, index) => {
    const found: RuleProblem[] = parts.flatMap((part) => {
      const text = rule[part];
      return text === undefined ? [] : checkPart(part, text, programs).map((message) => ({ path: [part], message }));
    });
    if (names.indexOf(rule.name) !== index) {
      found.push({ path: ['name'], message: 'is the name of an earlier rule of this source: give it another' });
    }
    if (rule.when === undefined && index < rules.length - 1) {
      const message = 'is missing, so the rules after this one are never asked: add it, or move this rule to the end';
      found.push({ path: ['when'], message });
    }
    return found.map(({ path, message }) => ({ path: [index, ...path], message }));
  });
}

function checkPart(part: (typeof parts)[number], text: string, programs: readonly string[]): string[] {
  const tree = parse(text);
  if (typeof tree === 'string') return [tree];
  const problems = checkNodes(tree, ['event', 'headers']);
  if (part === 'program') problems.push(...checkPrograms(tree, programs));
  return [...new Set(problems)];
}

/** The problems of one expression, which may use these variables. */
export function checkExpression(text: string, variables: readonly string[]): string[] {
  const tree = parse(text);
  return typeof tree === 'string' ? [tree] : [...new Set(checkNodes(tree, variables))];
}

/** The syntax tree, or why there is none. */
function parse(text: string): SyntaxNode | string {
  try {
    return jsonata(text).ast() as SyntaxNode;
  } catch (error) {
    return describeSyntax(error);
  }
}

function checkNodes(tree: SyntaxNode, variables: readonly string[]): string[] {
  return nodesOf(tree).flatMap((node, _, all) => [...checkName(node, all, variables), ...checkCall(node)]);
}

/** A variable is a function, one that we provide, or defined in the expression itself. */
function checkName(node: SyntaxNode, all: readonly SyntaxNode[], variables: readonly string[]): string[] {
  if (node.type !== 'variable' || typeof node.value !== 'string') return [];
  const name = node.value;
  const why = forbiddenFunctions.get(name);
  if (why !== undefined) return [`must not use $${name}: ${why}`];
  const known = ['', '$', ...variables, ...allowedFunctions, ...namesMade(all)];
  const given = variables.map((each) => `$${each}`).join(', ');
  return known.includes(name)
    ? []
    : [`$${name} is neither a function nor a variable: correct it (there are ${given} and JSONata’s functions)`];
}

function checkCall(node: SyntaxNode): string[] {
  const procedure = node.type === 'function' && isNode(node['procedure']) ? node['procedure'] : undefined;
  const steps = procedure?.type === 'path' ? procedure['steps'] : undefined;
  const step = Array.isArray(steps) && steps.length === 1 && isNode(steps[0]) ? steps[0] : undefined;
  if (step?.type !== 'name') return [];
  return [`calls ${String(step.value)} without the $ before a function’s name: write $${String(step.value)}`];
}

/** By assignment, as a parameter, or with @ and #. */
function namesMade(all: readonly SyntaxNode[]): string[] {
  return all.flatMap((node) => {
    const made: unknown[] = [node['focus']];
    const index = node['index'];
    made.push(isNode(index) ? index.value : index);
    if (node.type === 'bind' && isNode(node['lhs'])) made.push(node['lhs'].value);
    if (node.type === 'lambda' && Array.isArray(node['arguments'])) {
      made.push(...node['arguments'].map((parameter) => (isNode(parameter) ? parameter.value : undefined)));
    }
    return made.filter((name) => typeof name === 'string');
  });
}

function checkPrograms(tree: SyntaxNode, programs: readonly string[]): string[] {
  const named = programsNamed(tree);
  if (named === undefined) {
    return ['must be a program’s name in quotes, such as "\'kyc\'", or a choice among such names with ? and :'];
  }
  return named
    .filter((name) => !programs.includes(name))
    .map((name) => `names ${JSON.stringify(name)}, which is no program (there are: ${programs.join(', ') || 'none'})`);
}
