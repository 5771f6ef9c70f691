/** Fault 60, at random: a broken schema never passes a synthesis, and what passes is checked as another validator checks it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schemaProblems } from '../../lib/config/claims/check-schema.ts';
import type { SchemaObject } from '../../lib/config/claims/schema-nodes.ts';
import type { Claims } from '../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import { claimsWith, environmentWithClaims } from '../fakes/checked-environment.ts';

const ajv = new Ajv2020({ strict: false, validateSchema: false });

const scalars = fc.oneof(
  fc.record({ type: fc.constant('string') }),
  fc.record({ type: fc.constant('string'), minLength: fc.nat(3), maxLength: fc.nat(6) }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('string'), pattern: fc.constantFrom('^[a-c]*$', '\\d', '^(?!b)', 'é') }),
  fc.record({ type: fc.constantFrom('integer', 'number'), minimum: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ type: fc.constant('number'), multipleOf: fc.constantFrom(0.5, 2, 3) }),
  fc.record({ enum: fc.array(fc.constantFrom(1, 'a', null, true, 2), { minLength: 1 }) }),
  fc.record({ const: fc.constantFrom(1, 'a', null, false) }),
  fc.record({ $ref: fc.constant('#/$defs/short') }),
);
const { schemas } = fc.letrec<{ schemas: SchemaObject }>((tie) => ({
  schemas: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.record(
      {
        type: fc.constant('array'),
        items: tie('schemas'),
        contains: scalars,
        uniqueItems: fc.boolean(),
        minItems: fc.nat(2),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schemas')),
        required: fc.constantFrom([], ['a'], ['a', 'b']),
        additionalProperties: fc.boolean(),
        dependentRequired: fc.constant({ a: ['b'] }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ anyOf: fc.array(tie('schemas'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie('schemas'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('schemas') }),
  ),
}));
const claims = schemas.map((schema) =>
  claimsWith({ p: schema }, { $defs: { short: { type: 'string', maxLength: 2 } }, required: ['p'] }),
);
const { values } = fc.letrec<{ values: unknown }>((tie) => ({
  values: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(1, 2, 0.5, -4, 'a', 'b1', 'abc', 'é', '', null, true, false),
    fc.array(tie('values'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('values'), { maxKeys: 2, noNullPrototype: true }),
  ),
}));

test('fault 60: what passes is checked as Ajv checks it, keyword by keyword', { timeout: 300_000 }, async () => {
  const seen = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(claims, fc.array(values, { minLength: 5, maxLength: 5 }), async (schema, samples) => {
      expect(schemaProblems(schema)).toEqual([]);
      const program = catalogOf(environmentWithClaims(schema)).find('kyc');
      const other = ajv.compile(schema);
      for (const p of samples) {
        const code = await program?.checkClaims({ p } as Claims).then(
          () => undefined,
          (error: unknown) => (error instanceof IssuanceError ? error.code : error),
        );
        seen[code === undefined ? 'taken' : 'refused'] += 1;
        expect(code).toBe(other({ p }) ? undefined : 'claims-invalid');
      }
    }),
    { numRuns: 500 },
  );
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(50);
});

/** One way of breaking a schema object at its own place; each would switch a check off or stop it from working. */
const breakages: ((schema: Record<string, unknown>, random: string) => void)[] = [
  (schema, random) => Object.assign(schema, { [`x${random}`]: 1 }),
  (schema, random) => Object.assign(schema, { type: `string${random}x` }),
  (schema, random) => Object.assign(schema, { type: 'string', format: `date${random}x` }),
  (schema) => Object.assign(schema, { type: 'string', pattern: '(' }),
  (schema, random) => Object.assign(schema, { $ref: `#/$defs/none${random}` }),
  (schema, random) => Object.assign(schema, { enum: random }),
  (schema) => Object.assign(schema, { required: 'a' }),
  (schema) => Object.assign(schema, { items: [{}] }),
  (schema) => Object.assign(schema, { maxLength: '3' }),
  (schema) => Object.assign(schema, { contentEncoding: 'base64' }),
];

test('fault 60: a schema broken at any place is refused with this place', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(
      claims,
      fc.nat(),
      fc.constantFrom(...breakages),
      fc.string({ maxLength: 5 }),
      (schema, at, spoil, text) => {
        const broken = structuredClone(schema) as SchemaObject;
        const places = placesIn(broken);
        const place = places[at % places.length];
        if (place === undefined) throw new Error('A schema has at least one place');
        spoil(place.schema, text);
        const paths = schemaProblems(broken).map(({ path }) => path.join('.'));
        expect(paths.filter((path) => path.startsWith(place.path.join('.')))).not.toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

interface Place {
  path: string[];
  schema: Record<string, unknown>;
}

/** Every schema below the claims, found by the keywords that the generator uses. */
function placesIn(schema: unknown, path: string[] = []): Place[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema as Record<string, unknown>;
  const below = Object.entries(own).flatMap(([name, value]) => {
    if (['items', 'contains', 'not'].includes(name)) return placesIn(value, [...path, name]);
    if (!['properties', '$defs', 'anyOf', 'oneOf'].includes(name)) return [];
    return Object.entries(value as object).flatMap(([key, one]) => placesIn(one, [...path, name, key]));
  });
  return [{ path, schema: own }, ...below];
}
