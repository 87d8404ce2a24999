export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A JSON Schema, as far as bodies and parameters of our documents use it. */
export interface Schema {
  [keyword: string]: unknown;
  type?: string | string[];
  enum?: Json[];
  const?: Json;
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  examples?: Json[];
}

export type Content = Record<string, { schema?: Schema }>;

export interface Parameter {
  in: 'query' | 'path' | 'header';
  name: string;
  required?: boolean;
  schema: Schema;
  example?: Json;
}

export interface ResponseEntry {
  content?: Content;
  headers?: Record<string, { required?: boolean; schema: Schema }>;
}

export interface Operation {
  method: string;
  path: string;
  operationId: string;
  parameters: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, ResponseEntry>;
}

/** Reads what a running service says of itself. */
export async function operationsOf(baseUrl: string): Promise<Operation[]> {
  const { paths } = (await (await fetch(`${baseUrl}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>;
  };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      operationId: operation.operationId ?? `${method} ${path}`,
      parameters: operation.parameters ?? [],
      method: method.toUpperCase(),
      path,
    })),
  );
}

const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** What no service has: the methods that a path lacks, and paths that nobody knows. Each is refused as its neighbours refuse. */
export function strangersTo(operations: readonly Operation[]): Operation[] {
  const paths = new Map(operations.map((operation) => [operation.path, operation]));
  const strangers = [...paths].flatMap(([path, neighbour]) => {
    const known = operations.filter((operation) => operation.path === path).map(({ method }) => method);
    const methods = others.filter((method) => !known.includes(method)).map((method) => [method, path] as const);
    return [...methods, ['GET', `${path}/nowhere/at/all`] as const].map(([method, at]) => ({
      ...neighbour,
      method,
      path: at,
      operationId: `no ${method} ${at}`,
      responses: {
        default: { content: { ...neighbour.responses['400']?.content, ...neighbour.responses['default']?.content } },
      },
    }));
  });
  return strangers.map(({ requestBody: _body, ...stranger }) => stranger);
}
