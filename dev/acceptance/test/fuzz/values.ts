import fc, { type Arbitrary } from 'fast-check';
import type { Json, Schema } from './document.ts';

const mostItems = 4;
const mostCharacters = 60; // where the schema lets more pass; limits are tried by hostile values

/** Values that a schema lets pass. Of keywords that it does not know it takes no notice: the validator has the word. */
export function valuesFor(schema: Schema): Arbitrary<Json> {
  const { const: constant, enum: words, anyOf, oneOf, type } = schema;
  if (constant !== undefined) return fc.constant(constant);
  if (words) return fc.constantFrom(...words);
  const union = anyOf ?? oneOf;
  if (union) return fc.oneof(...union.map(valuesFor));
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => valuesFor({ ...schema, type: each })));
  return (byType[type ?? ''] ?? anything)(schema);
}

const anything = () => fc.jsonValue({ maxDepth: 2 }) as Arbitrary<Json>;

const byType: Record<string, (schema: Schema) => Arbitrary<Json>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  string: textOf,
  integer: (schema) => fc.integer(boundsOf(schema, 1)),
  number: (schema) => fc.double({ ...boundsOf(schema, 0), noNaN: true, noDefaultInfinity: true }),
  array: ({ items = {}, minItems = 0, maxItems = mostItems }) =>
    fc.array(valuesFor(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, mostItems)) }),
  object: objectOf,
};

function boundsOf(schema: Schema, step: number): { min: number; max: number } {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  const min = exclusiveMinimum === undefined ? (minimum ?? -1000) : exclusiveMinimum + step;
  const max = exclusiveMaximum === undefined ? (maximum ?? Math.max(min, 1000)) : exclusiveMaximum - step;
  return { min, max };
}

function textOf(schema: Schema): Arbitrary<string> {
  if (schema.format === 'date-time') return dates;
  if (schema.format === 'uuid') return fc.uuid();
  const { minLength = 0, maxLength = mostCharacters, pattern = '', examples = [] } = schema;
  const expression = new RegExp(pattern, 'u');
  const fits = (text: string) =>
    expression.test(text) && [...text].length >= minLength && [...text].length <= maxLength;
  const limits = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, mostCharacters)) };
  const candidates = [
    fc.string({ ...limits, unit: 'grapheme' }),
    fc.string({ ...limits, unit: fc.constantFrom(...'abcxyz -_.0123456789') }),
    fc.emailAddress(),
    ...(examples.length > 0 ? [fc.constantFrom(...(examples as string[]))] : []),
  ];
  // Those that the pattern lets pass now and then: filtering any other one would never end.
  const able = candidates.filter((texts) => fc.sample(texts, { seed: 1, numRuns: 100 }).filter(fits).length >= 10);
  if (able.length === 0) throw new Error(`no text is known that matches ${pattern}`);
  return fc.oneof(...able.map((texts) => texts.filter(fits)));
}

const dates = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

function objectOf(schema: Schema): Arbitrary<Json> {
  const { properties = {}, required = [], additionalProperties, propertyNames, maxProperties = mostItems } = schema;
  const known = Object.entries(properties).map(([name, property]) => [name, valuesFor(property)] as const);
  const fields = fc.record(Object.fromEntries(known), { requiredKeys: required });
  if (typeof additionalProperties !== 'object') return fields as Arbitrary<Json>;
  const names = textOf({ minLength: 1, maxLength: 20, ...propertyNames });
  const others = fc.dictionary(names, valuesFor(additionalProperties), {
    maxKeys: Math.min(Number(maxProperties), mostItems),
  });
  return fc.tuple(others, fields).map(([more, named]) => ({ ...more, ...named })) as Arbitrary<Json>;
}
