/** The intrinsic functions that refer to the same stack: `Ref`, `Fn::GetAtt`, and both inside `Fn::Sub`. */
import { asArray, asObject } from './json.ts';
import { atLoopback } from './loopback-addresses.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import type { Intrinsic, Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';

export const references: Record<string, Intrinsic> = {
  Ref: (argument, scope) => ref(String(argument), scope),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': (argument, scope) => {
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : asArray(argument);
    const given = asObject(scope.resolve(variables));
    const filled = String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in given) return String(given[name]);
      return String(name.includes('.') ? getAtt(name, scope) : ref(name, scope));
    });
    return atLoopback(scope.place, filled);
  },
};

function ref(name: string, { stack, at, place, identity }: Scope): unknown {
  if (name.startsWith('AWS::')) {
    const value = pseudoParameter(name, stack.name, place);
    if (value === undefined) throw new TemplateError(at, `pseudo parameter ${name} is not understood`);
    return value;
  }
  const resource = stack.resources.get(name);
  if (resource) return identity(resource).ref;
  const parameter = asObject(stack.template['Parameters'])[name];
  const value = asObject(parameter)['Default'];
  if (value === undefined) throw new TemplateError(at, `nothing called ${name}, or a parameter without a default`);
  return value;
}

function getAtt(argument: unknown, { stack, at, identity }: Scope): string {
  const [id, attribute] = typeof argument === 'string' ? argument.split(/\.(.*)/s) : asArray(argument).map(String);
  const resource = stack.resources.get(id ?? '');
  const value = resource && identity(resource).attributes[attribute ?? ''];
  if (value === undefined) throw new TemplateError(at, `attribute ${attribute} of ${id} is not understood`);
  return value;
}
