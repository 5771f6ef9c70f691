/** One resource of the template, resolved and checked: its properties can be read, and anything that is not supported stops the run. */
import type { Resource } from './assembly.ts';
import type { Identity } from './identity.ts';
import { asArray, asNumber, asObject, asText, type JsonObject } from './json.ts';
import type { Understanding } from './permission-types.ts';
import { TemplateError } from './template-error.ts';

/** One resource that runs here. */
export class Reading {
  readonly resource: Resource;
  readonly name: string;
  readonly identity: Identity;
  readonly properties: JsonObject;

  constructor(resource: Resource, identity: Identity & { name: string }, properties: JsonObject, known: Understanding) {
    this.resource = resource;
    this.name = identity.name;
    this.identity = identity;
    this.properties = properties;
    this.only(properties, [...known.used, ...known.harmless], '');
  }

  /** An error that names this resource. */
  refuse(problem: string): TemplateError {
    return new TemplateError(this.resource, problem);
  }

  /** Refuses every member of an object that is not in the list. */
  only(object: JsonObject, known: readonly string[], path: string): void {
    for (const member of Object.keys(object)) {
      if (known.includes(member)) continue;
      throw this.refuse(`property ${path}${member} is not understood by the local run`);
    }
  }

  /** Refuses a property with a value other than the supported value. */
  expect(member: string, ...accepted: unknown[]): void {
    const value = this.properties[member];
    if (value === undefined || accepted.includes(value)) return;
    throw this.refuse(`property ${member} is ${JSON.stringify(value)}; only ${accepted.join(', ')} runs locally`);
  }

  /** A required string property. */
  text(member: string): string {
    const value = asText(this.properties[member]);
    if (value === undefined) throw this.refuse(`property ${member} is missing or not a string`);
    return value;
  }

  /** A number property, or the given default of CloudFormation. */
  number(member: string, otherwise: number): number {
    return asNumber(this.properties[member]) ?? otherwise;
  }

  /** An object property, empty if it is absent. */
  object(member: string): JsonObject {
    return asObject(this.properties[member]);
  }

  /** A list property, empty if it is absent. */
  list(member: string): unknown[] {
    return asArray(this.properties[member]);
  }
}
