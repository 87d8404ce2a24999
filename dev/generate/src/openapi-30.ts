import { type Json, type JsonObject, mapValues } from './json.ts';
import { schema30 } from './schema-30.ts';

/**
 * Renders an OpenAPI 3.1 document as 3.0.3, for gateways that import only that. What 3.0 has no word for is left out
 * where the rendering then says less, never something else.
 * @throws for what cannot be left out: webhooks, shared path items, references between schemas' own definitions
 */
export function openApi30(document: JsonObject): JsonObject {
  const { info, components, paths = {}, security, jsonSchemaDialect: _dialect, webhooks, ...rest } = document;
  if (webhooks) throw new Error('OpenAPI 3.0 has no webhooks');
  return {
    ...rest,
    openapi: '3.0.3',
    info: info30(info as JsonObject),
    ...(components && { components: components30(components as JsonObject) }),
    paths: mapValues(paths as JsonObject, pathItem),
    ...(security && { security: withoutRoles(security) }),
  };
}

function info30({ summary: _summary, license, ...info }: JsonObject): JsonObject {
  if (!license) return info;
  const { identifier, ...named } = license as JsonObject;
  return { ...info, license: { ...named, ...(identifier && { url: `https://spdx.org/licenses/${identifier}.html` }) } };
}

const componentRenderings: Readonly<Record<string, (component: JsonObject) => JsonObject>> = {
  schemas: schema30,
  responses: response,
  parameters: parameter,
  requestBodies: withContent,
  headers: parameter,
  examples: (example) => example,
  securitySchemes: (scheme) => scheme,
  links: (link) => link,
};

function components30(components: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(components).map(([kind, named]) => {
      const rendering = componentRenderings[kind];
      if (!rendering) throw new Error(`OpenAPI 3.0 has no components of kind ${kind}`);
      return [kind, mapValues(named as JsonObject, rendering)];
    }),
  );
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

function pathItem(item: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => {
      if (methods.has(key)) return [key, operation(value as JsonObject)];
      return [key, key === 'parameters' ? each(value, parameter) : value];
    }),
  );
}

function operation({ parameters, requestBody, responses, security, ...rest }: JsonObject): JsonObject {
  return {
    ...rest,
    ...(parameters && { parameters: each(parameters, parameter) }),
    ...(requestBody && { requestBody: withContent(requestBody as JsonObject) }),
    responses: mapValues((responses ?? { default: { description: '' } }) as JsonObject, response),
    ...(security && { security: withoutRoles(security) }),
  };
}

/** Only 3.1 lets roles stand beside a scheme that is neither OAuth 2 nor OpenID Connect. One or another is once then. */
function withoutRoles(requirements: Json): Json {
  const schemes = (requirements as JsonObject[]).map((requirement) => Object.keys(requirement));
  const different = new Map(schemes.map((names) => [names.join(), names]));
  return [...different.values()].map((names) => Object.fromEntries(names.map((name) => [name, []])));
}

function parameter(described: JsonObject): JsonObject {
  const { schema, ...rest } = withContent(described);
  return schema === undefined ? rest : { ...rest, schema: schema30(schema as JsonObject) };
}

function response(described: JsonObject): JsonObject {
  const { headers, ...rest } = withContent(described);
  return headers === undefined ? rest : { ...rest, headers: mapValues(headers as JsonObject, parameter) };
}

function withContent(described: JsonObject): JsonObject {
  // A reference stands alone in 3.0.
  if (described['$ref']) return { $ref: described['$ref'] };
  const { content, ...rest } = described;
  if (!content) return rest;
  return {
    ...rest,
    content: mapValues(content as JsonObject, ({ schema, ...media }) =>
      schema === undefined ? media : { ...media, schema: schema30(schema as JsonObject) },
    ),
  };
}

function each(list: Json | undefined, rendering: (item: JsonObject) => JsonObject): Json {
  return (list as JsonObject[]).map(rendering);
}
