type Schema = Record<string, unknown>;

/**
 * An OpenAPI schema of Kubernetes as JSON Schema that also refuses fields it does not know: as an API server does with
 * `fieldValidation=Strict`.
 */
export function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable: _nullable, ...given } = schema as Schema;
  if (isIntOrString(given)) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  const copy = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, isMap(key) ? eachOf(value) : strict(value)]),
  );
  return isClosed(given) ? { ...copy, additionalProperties: false } : copy;
}

function isIntOrString(schema: Schema): boolean {
  return schema['format'] === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true;
}

function isMap(key: string): boolean {
  return key === 'properties' || key === 'definitions';
}

function eachOf(value: unknown): unknown {
  return Object.fromEntries(Object.entries(value as Schema).map(([name, schema]) => [name, strict(schema)]));
}

function isClosed(schema: Schema): boolean {
  return (
    'properties' in schema && !('additionalProperties' in schema) && !schema['x-kubernetes-preserve-unknown-fields']
  );
}
