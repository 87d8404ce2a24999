import { type Json, type JsonObject, mapValues } from '../src/json.ts';

const text = { type: 'string' };
const problem = { type: 'object', required: ['type'], properties: { type: text, detail: text } };
const thing = {
  type: 'object',
  required: ['id'],
  properties: { id: text, note: text, kind: { ...text, enum: ['big', 'small'] } },
};
const draft = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { ...text, maxLength: 20, pattern: '^[a-z]*$' },
    count: { type: 'integer', exclusiveMinimum: 0 },
    kind: { ...text, enum: ['big', 'small'] },
    remark: { type: ['string', 'null'] },
    list: { type: 'array', maxItems: 9, items: text },
    labels: { type: 'object', maxProperties: 9, propertyNames: { maxLength: 9 }, additionalProperties: text },
  },
};

const things = {
  get: {
    operationId: 'listThings',
    security: [{ bearer: ['Things.Read'] }],
    parameters: [
      { in: 'query', name: 'size', schema: { type: 'integer', minimum: 1, maximum: 10 } },
      { in: 'query', name: 'kind', schema: { ...text, enum: ['big', 'small'] } },
    ],
    responses: {
      200: {
        description: 'Things.',
        headers: { etag: { schema: text }, age: { required: true, schema: { type: 'integer' } } },
        content: { 'application/json': { schema: thing }, 'text/event-stream': { schema: text } },
      },
      304: { description: 'The caller has them.' },
      default: { description: 'A problem.', content: { 'application/problem+json': { schema: problem } } },
    },
  },
  post: {
    operationId: 'createThing',
    requestBody: { content: { 'application/json': { schema: draft }, 'text/csv': { schema: text } } },
    responses: { 201: { description: 'The thing.' } },
  },
};

/** A change of a path with something in it for each kind of promise: what a JSON Pointer leads to, and what it is then. */
export type Change = readonly [title: string, pointer: string, becomes?: Json];

/** A document with a path for each change, before all changes. */
export function unchanged(changes: readonly Change[]): JsonObject {
  return documentOf(changes.map(([title]) => [title, structuredClone(things)]));
}

/** The same document after the changes. */
export function changed(changes: readonly Change[]): JsonObject {
  return documentOf(
    changes.map(([title, pointer, becomes]) => [title, replaced(things, pointer.split('/').slice(1), becomes)]),
  );
}

function replaced(value: Json, [head, ...rest]: string[], becomes: Json | undefined): Json {
  if (head === undefined) return becomes as Json;
  const copy = structuredClone(value) as Record<string, Json | undefined>;
  const name = head.replaceAll('~1', '/');
  if (rest.length > 0) copy[name] = replaced(copy[name] as Json, rest, becomes);
  else if (becomes === undefined) delete copy[name];
  else copy[name] = becomes;
  return copy as Json;
}

function documentOf(paths: readonly (readonly [title: string, item: Json | undefined])[]): JsonObject {
  const info = { title: 'Things', version: '1' };
  const components = { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } };
  const items = paths
    .filter(([, item]) => item !== undefined)
    .map(([title, item]) => [pathOf(title), named(item as JsonObject, title)]);
  return { openapi: '3.1.0', info, components, paths: Object.fromEntries(items) };
}

/** The path of a change in both documents. */
export function pathOf(title: string): string {
  return `/${title.replaceAll(/\W+/g, '-')}`;
}

// Operations have to have different ids.
function named(item: JsonObject, title: string): JsonObject {
  return mapValues(item, (operation) => ({ ...operation, operationId: `${operation['operationId']} ${title}` }));
}
