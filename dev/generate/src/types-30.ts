import { isObject, type Json, type JsonObject } from './json.ts';

const annotations = new Set(['title', 'description', 'default', 'examples', 'example', 'deprecated']);

/** The same schema with at most one type, and `nullable` where null may stand: 3.0 has no type of null, no lists of types. */
export function typed30(schema: JsonObject): JsonObject {
  const { type, ...rest } = unionWithNull(schema);
  if (type === 'null') return { ...rest, enum: [null] };
  if (!Array.isArray(type)) return type === undefined ? rest : { type, ...rest };
  const [only, ...others] = (type as string[]).filter((name) => name !== 'null');
  const nullable = type.includes('null');
  if (only === undefined) return { ...rest, enum: [null] };
  if (others.length === 0) return { type: only, ...(nullable && { nullable }), ...rest };
  const oneOfThem = { anyOf: [only, ...others].map((name) => ({ type: name, ...(nullable && { nullable }) })) };
  return 'anyOf' in rest || 'allOf' in rest ? both(rest, oneOfThem) : { ...rest, ...oneOfThem };
}

/** `anyOf: [S, null]` is S that can be null, where S has a type: `nullable` means nothing beside any other (3.0.3). */
function unionWithNull(schema: JsonObject): JsonObject {
  const { anyOf, oneOf, ...beside } = schema;
  const union = anyOf ?? oneOf;
  if (!Array.isArray(union) || (anyOf && oneOf)) return schema;
  const others = (union as Json[]).filter((branch) => !isNull(branch));
  const [only] = others;
  if (others.length !== 1 || union.length === 1 || !isObject(only) || typeof only['type'] !== 'string') return schema;
  const clash = Object.keys(beside).some((keyword) => keyword in only && !annotations.has(keyword));
  if (clash || 'const' in only || 'not' in only || 'allOf' in only) return schema;
  const values = only['enum'] as Json[] | undefined;
  return { ...only, ...beside, type: [only['type'], 'null'], ...(values && { enum: [...values, null] }) };
}

function isNull(branch: Json): boolean {
  return isObject(branch) && branch['type'] === 'null';
}

function both(schema: JsonObject, other: JsonObject): JsonObject {
  const { allOf = [], ...rest } = schema;
  return { ...rest, allOf: [...(allOf as Json[]), other] };
}
