/** The intrinsic functions that read outputs of other stacks. */
import { asObject } from './json.ts';
import type { Intrinsic, Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';

export const stackOutputs: Record<string, Intrinsic> = {
  'Fn::ImportValue': (argument, scope) => importValue(String(scope.resolve(argument)), scope),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = asObject(scope.resolve(argument));
    const stack = scope.assembly.stacks.get(String(StackName));
    const id = String(OutputName);
    const output = stack && asObject(stack.template['Outputs'])[id];
    if (!stack || output === undefined) throw new TemplateError(scope.at, `no stack has the output ${id}`);
    return scope.ofOutput(stack, id).resolve(asObject(output)['Value']);
  },
};

function importValue(name: string, { assembly, at, ofOutput }: Scope): unknown {
  for (const stack of assembly.stacks.values()) {
    for (const [id, raw] of Object.entries(asObject(stack.template['Outputs']))) {
      const { resolve } = ofOutput(stack, id);
      const exported = asObject(asObject(raw)['Export'])['Name'];
      if (exported !== undefined && resolve(exported) === name) return resolve(asObject(raw)['Value']);
    }
  }
  throw new TemplateError(at, `no stack exports ${name}`);
}
