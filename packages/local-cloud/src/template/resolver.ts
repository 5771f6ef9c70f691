// Resolves CloudFormation's intrinsic functions to the values they have on one machine.
import type { Assembly, Resource, Stack } from './assembly.ts';
import { type Identity, identify, nameProperty, type Place, physicalName } from './identity.ts';
import { asArray, asObject, asText, isObject, type JsonObject } from './json.ts';
import { atLoopback } from './loopback-addresses.ts';
import { NO_VALUE, pseudoParameter } from './pseudo-parameters.ts';
import { TemplateError } from './template-error.ts';

type Intrinsic = (argument: unknown, stack: Stack, at: Resource) => unknown;

/** Resolves values of one assembly; made once the ports of the embedded services are known. */
export class Resolver {
  readonly #assembly: Assembly;
  readonly #place: Place;
  readonly #identities = new Map<string, Identity & { name: string }>();
  readonly #intrinsics: Record<string, Intrinsic>;

  constructor(assembly: Assembly, place: Place) {
    this.#assembly = assembly;
    this.#place = place;
    this.#intrinsics = { ...this.#values(), ...this.#conditions() };
  }

  #values(): Record<string, Intrinsic> {
    return {
      Ref: (argument, stack, at) => this.#ref(String(argument), stack, at),
      'Fn::GetAtt': (argument, stack, at) => this.#getAtt(argument, stack, at),
      'Fn::Join': (argument, stack, at) => {
        const [separator, parts] = asArray(argument);
        return atLoopback(
          this.#place,
          asArray(this.#any(parts, stack, at))
            .map(String)
            .join(String(separator)),
        );
      },
      'Fn::Sub': (argument, stack, at) => this.#sub(argument, stack, at),
      'Fn::Select': (argument, stack, at) => {
        const [index, list] = asArray(this.#any(argument, stack, at));
        return asArray(list)[Number(index)];
      },
      'Fn::Split': (argument, stack, at) => {
        const [separator, text] = asArray(this.#any(argument, stack, at));
        return String(text).split(String(separator));
      },
      'Fn::ImportValue': (argument, stack, at) => this.#import(String(this.#any(argument, stack, at)), at),
      'Fn::GetStackOutput': (argument, stack, at) => this.#stackOutput(asObject(this.#any(argument, stack, at)), at),
      'Fn::FindInMap': (argument, stack, at) => {
        const [map, first, second] = asArray(this.#any(argument, stack, at)).map(String);
        return asObject(asObject(asObject(stack.template['Mappings'])[map ?? ''])[first ?? ''])[second ?? ''];
      },
      'Fn::Base64': (argument, stack, at) => Buffer.from(String(this.#any(argument, stack, at))).toString('base64'),
    };
  }

  #conditions(): Record<string, Intrinsic> {
    return {
      'Fn::If': (argument, stack, at) => {
        const [name, yes, no] = asArray(argument);
        return this.#any(this.holds(String(name), stack, at) ? yes : no, stack, at);
      },
      'Fn::Equals': (argument, stack, at) => {
        const [left, right] = asArray(this.#any(argument, stack, at));
        return JSON.stringify(left) === JSON.stringify(right);
      },
      'Fn::Not': (argument, stack, at) => !this.#truth(asArray(argument)[0], stack, at),
      'Fn::And': (argument, stack, at) => asArray(argument).every((one) => this.#truth(one, stack, at)),
      'Fn::Or': (argument, stack, at) => asArray(argument).some((one) => this.#truth(one, stack, at)),
      Condition: (argument, stack, at) => this.holds(String(argument), stack, at),
    };
  }

  /** A resource's properties with every intrinsic resolved. */
  properties(resource: Resource): JsonObject {
    return asObject(this.#any(resource.properties, this.#stack(resource.stack), resource));
  }

  /** Ref and attributes of a resource, with its physical name. */
  identity(resource: Resource): Identity & { name: string } {
    const key = `${resource.stack}/${resource.id}`;
    const known = this.#identities.get(key);
    if (known) return known;
    const property = nameProperty(resource.type);
    const given = property === undefined ? undefined : resource.properties[property];
    const resolved = property === undefined ? {} : { [property]: this.value(given, resource) };
    const name = physicalName(resource, resolved);
    const made = { ...identify(resource, name, this.#place), name };
    this.#identities.set(key, made);
    return made;
  }

  /** Any value of a resource's stack with its intrinsics resolved. */
  value(value: unknown, at: Resource): unknown {
    const resolved = this.#any(value, this.#stack(at.stack), at);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** Whether a condition of the template holds. */
  holds(name: string, stack: Stack, at: Resource): boolean {
    const condition = asObject(stack.template['Conditions'])[name];
    if (condition === undefined) throw new TemplateError(at, `condition ${name} does not exist`);
    return this.#truth(condition, stack, at);
  }

  /** The outputs of all stacks by name. */
  outputs(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const stack of this.#assembly.stacks.values()) {
      for (const [name, raw] of Object.entries(asObject(stack.template['Outputs']))) {
        const value = asText(this.#any(asObject(raw)['Value'], stack, outputPlace(stack, name)));
        if (value !== undefined && !name.startsWith('ExportsOutput')) found[name] = value;
      }
    }
    return found;
  }

  #stack(name: string): Stack {
    const stack = this.#assembly.stacks.get(name);
    if (!stack) throw new Error(`the assembly has no stack ${name}`);
    return stack;
  }

  #truth(value: unknown, stack: Stack, at: Resource): boolean {
    return this.#any(value, stack, at) === true;
  }

  #any(value: unknown, stack: Stack, at: Resource): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#any(one, stack, at)).filter((one) => one !== NO_VALUE);
    if (!isObject(value)) return value;
    const [key, ...others] = Object.keys(value);
    if (key !== undefined && others.length === 0) {
      const intrinsic = this.#intrinsics[key];
      if (intrinsic && (key !== 'Condition' || typeof value[key] === 'string')) return intrinsic(value[key], stack, at);
      if (key.startsWith('Fn::')) throw new TemplateError(at, `intrinsic function ${key} is not understood`);
    }
    const entries = Object.entries(value).map(([name, one]) => [name, this.#any(one, stack, at)] as const);
    return Object.fromEntries(entries.filter(([, one]) => one !== NO_VALUE));
  }

  #ref(name: string, stack: Stack, at: Resource): unknown {
    if (name.startsWith('AWS::')) {
      const value = pseudoParameter(name, stack.name, this.#place);
      if (value === undefined) throw new TemplateError(at, `pseudo parameter ${name} is not understood`);
      return value;
    }
    const resource = stack.resources.get(name);
    if (resource) return this.identity(resource).ref;
    const parameter = asObject(stack.template['Parameters'])[name];
    const value = asObject(parameter)['Default'];
    if (value === undefined) throw new TemplateError(at, `nothing called ${name}, or a parameter without a default`);
    return value;
  }

  #getAtt(argument: unknown, stack: Stack, at: Resource): string {
    const [id, attribute] = typeof argument === 'string' ? argument.split(/\.(.*)/s) : asArray(argument).map(String);
    const resource = stack.resources.get(id ?? '');
    const value = resource && this.identity(resource).attributes[attribute ?? ''];
    if (value === undefined) throw new TemplateError(at, `attribute ${attribute} of ${id} is not understood`);
    return value;
  }

  #sub(argument: unknown, stack: Stack, at: Resource): string {
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : asArray(argument);
    const given = asObject(this.#any(variables, stack, at));
    const filled = String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in given) return String(given[name]);
      return String(name.includes('.') ? this.#getAtt(name, stack, at) : this.#ref(name, stack, at));
    });
    return atLoopback(this.#place, filled);
  }

  #import(name: string, at: Resource): unknown {
    for (const stack of this.#assembly.stacks.values()) {
      for (const [id, raw] of Object.entries(asObject(stack.template['Outputs']))) {
        const exported = asObject(asObject(raw)['Export'])['Name'];
        if (exported === undefined || this.#any(exported, stack, outputPlace(stack, id)) !== name) continue;
        return this.#any(asObject(raw)['Value'], stack, outputPlace(stack, id));
      }
    }
    throw new TemplateError(at, `no stack exports ${name}`);
  }

  #stackOutput(argument: JsonObject, at: Resource): unknown {
    const stack = this.#assembly.stacks.get(String(argument['StackName']));
    const id = String(argument['OutputName']);
    const output = stack && asObject(stack.template['Outputs'])[id];
    if (!stack || output === undefined) throw new TemplateError(at, `no stack has the output ${id}`);
    return this.#any(asObject(output)['Value'], stack, outputPlace(stack, id));
  }
}

function outputPlace(stack: Stack, id: string): Resource {
  return { stack: stack.name, id, type: 'Output', properties: {}, condition: undefined };
}
