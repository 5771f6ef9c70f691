/** Resolves CloudFormation's intrinsic functions to the values they have on one machine. */
import type { Assembly, Resource, Stack } from './assembly.ts';
import { conditions } from './conditions.ts';
import { type Identity, identify, nameProperty, type Place, physicalName } from './identity.ts';
import { asObject, asText, isObject, type JsonObject } from './json.ts';
import { noValue } from './pseudo-parameters.ts';
import { references } from './references.ts';
import type { Intrinsic, Scope } from './scope.ts';
import { stackOutputs } from './stack-outputs.ts';
import { stringFunctions } from './string-functions.ts';
import { TemplateError } from './template-error.ts';

const intrinsics: Record<string, Intrinsic> = { ...references, ...stringFunctions, ...conditions, ...stackOutputs };

/** Resolves values of one assembly; created when the ports of the embedded services are known. */
export class Resolver {
  readonly #assembly: Assembly;
  readonly #place: Place;
  readonly #identities = new Map<string, Identity & { name: string }>();

  constructor(assembly: Assembly, place: Place) {
    this.#assembly = assembly;
    this.#place = place;
  }

  /** A resource's properties with every intrinsic function resolved. */
  properties(resource: Resource): JsonObject {
    return asObject(this.#scopeOf(resource).resolve(resource.properties));
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

  /** Any value of a resource's stack with its intrinsic functions resolved. */
  value(value: unknown, at: Resource): unknown {
    const resolved = this.#scopeOf(at).resolve(value);
    return resolved === noValue ? undefined : resolved;
  }

  /** Whether a condition of the template holds. */
  holds(name: string, stack: Stack, at: Resource): boolean {
    const condition = asObject(stack.template['Conditions'])[name];
    if (condition === undefined) throw new TemplateError(at, `condition ${name} does not exist`);
    return this.#scope(stack, at).resolve(condition) === true;
  }

  /** The outputs of all stacks by name. */
  outputs(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const stack of this.#assembly.stacks.values()) {
      for (const [name, raw] of Object.entries(asObject(stack.template['Outputs']))) {
        const value = asText(this.#scopeOfOutput(stack, name).resolve(asObject(raw)['Value']));
        if (value !== undefined && !name.startsWith('ExportsOutput')) found[name] = value;
      }
    }
    return found;
  }

  #scopeOf(resource: Resource): Scope {
    const stack = this.#assembly.stacks.get(resource.stack);
    if (!stack) throw new Error(`the assembly has no stack ${resource.stack}`);
    return this.#scope(stack, resource);
  }

  #scopeOfOutput(stack: Stack, id: string): Scope {
    return this.#scope(stack, { stack: stack.name, id, type: 'Output', properties: {}, condition: undefined });
  }

  #scope(stack: Stack, at: Resource): Scope {
    const scope: Scope = {
      assembly: this.#assembly,
      place: this.#place,
      stack,
      at,
      resolve: (value) => resolve(value, scope),
      holds: (condition) => this.holds(condition, stack, at),
      identity: (resource) => this.identity(resource),
      ofOutput: (other, id) => this.#scopeOfOutput(other, id),
    };
    return scope;
  }
}

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, scope)).filter((one) => one !== noValue);
  if (!isObject(value)) return value;
  const [key, ...others] = Object.keys(value);
  if (key !== undefined && others.length === 0) {
    const intrinsic = Object.hasOwn(intrinsics, key) ? intrinsics[key] : undefined;
    if (intrinsic && (key !== 'Condition' || typeof value[key] === 'string')) return intrinsic(value[key], scope);
    if (key.startsWith('Fn::')) throw new TemplateError(scope.at, `intrinsic function ${key} is not understood`);
  }
  const entries = Object.entries(value).map(([name, one]) => [name, resolve(one, scope)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== noValue));
}
