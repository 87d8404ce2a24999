interface Described {
  schema: { operationId: string };
}

/** Gives a route below `/v1` an operation id of its own, as OpenAPI wants them unique; else it is the same route. */
export function versioned<R extends Described>(path: string, route: R): R {
  if (!path.startsWith('/v1/')) return route;
  return { ...route, schema: { ...route.schema, operationId: `${route.schema.operationId}V1` } };
}
