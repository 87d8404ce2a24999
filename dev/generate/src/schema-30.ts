import { isObject, type Json, type JsonObject, mapValues } from './json.ts';
import { portablePattern } from './portable-pattern.ts';
import { typed30 } from './types-30.ts';

type Rendering = (value: Json, schema: JsonObject) => JsonObject;

const same = `title description default format multipleOf required uniqueItems deprecated readOnly writeOnly example
  externalDocs xml discriminator enum type nullable minLength maxLength minItems maxItems minProperties maxProperties`;

// Without these the rendering lets more pass. The service itself checks them all the same.
const leftOut = `$schema $id $comment propertyNames if then else contains minContains maxContains dependentRequired
  dependentSchemas unevaluatedItems unevaluatedProperties contentMediaType patternProperties`;

const renderings: Readonly<Record<string, Rendering>> = {
  ...everyOne(same, (keyword) => (value) => ({ [keyword]: value })),
  ...everyOne(leftOut, () => () => ({})),
  ...everyOne('allOf anyOf oneOf', (keyword) => (list) => ({ [keyword]: (list as JsonObject[]).map(schema30) })),
  ...everyOne('items not', (keyword) => (value) => ({ [keyword]: schema30(value) })),
  const: (value) => ({ enum: [value] }),
  examples: (examples, { example }) => (example === undefined ? { example: (examples as Json[])[0] } : {}),
  pattern: (pattern) => portablePattern(pattern as string),
  contentEncoding: (encoding) => (encoding === 'base64' ? { format: 'byte' } : {}),
  properties: (properties) => ({ properties: mapValues(properties as JsonObject, schema30) }),
  additionalProperties,
  minimum: (bound, { exclusiveMinimum: other }) => (Number(other) >= Number(bound) ? {} : { minimum: bound }),
  maximum: (bound, { exclusiveMaximum: other }) => (Number(other) <= Number(bound) ? {} : { maximum: bound }),
  exclusiveMinimum: (bound, { minimum: other }) =>
    Number(other) > Number(bound) ? {} : { minimum: bound, exclusiveMinimum: true },
  exclusiveMaximum: (bound, { maximum: other }) =>
    Number(other) < Number(bound) ? {} : { maximum: bound, exclusiveMaximum: true },
};

/**
 * Renders a JSON Schema (2020-12, as OpenAPI 3.1 has it) in the dialect of OpenAPI 3.0: what the one lets pass, the
 * other does, and no value that is let pass is refused by the rendering.
 * @throws for a keyword that it does not know, rather than let it slip through
 */
export function schema30(schema: Json): JsonObject {
  if (schema === true) return {};
  if (!isObject(schema)) return { not: {} };
  const { $ref, ...beside } = schema;
  // A reference stands alone in 3.0: whatever is beside it counts for nothing.
  if ($ref !== undefined) {
    const rest = schema30(beside);
    return Object.keys(rest).length === 0 ? { $ref } : { ...rest, allOf: [{ $ref }, ...((rest['allOf'] as []) ?? [])] };
  }
  const typed = typed30(schema);
  return Object.assign({}, ...Object.entries(typed).map(([keyword, value]) => render(keyword, value as Json, typed)));
}

function render(keyword: string, value: Json, schema: JsonObject): JsonObject {
  if (keyword.startsWith('x-')) return { [keyword]: value };
  const rendering = renderings[keyword];
  if (!rendering) throw new Error(`a schema has ${keyword}, which OpenAPI 3.0 does not know`);
  return rendering(value, schema);
}

/** 3.0 has no patterns for names: a field with such a name is as any of the patterns wants it. */
function additionalProperties(value: Json, { patternProperties = {} }: JsonObject): JsonObject {
  const byPattern = Object.values(patternProperties as JsonObject) as Json[];
  const allowed = [...byPattern, ...(value === false ? [] : [value])];
  if (byPattern.length === 0) return { additionalProperties: isObject(value) ? schema30(value) : value };
  const [only, ...others] = allowed.map(schema30);
  return {
    additionalProperties: others.length === 0 ? (only as JsonObject) : { anyOf: [only as JsonObject, ...others] },
  };
}

function everyOne(keywords: string, rendering: (keyword: string) => Rendering): Record<string, Rendering> {
  return Object.fromEntries(keywords.split(/\s+/).map((keyword) => [keyword, rendering(keyword)]));
}
