import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import type { JsonObject } from '../src/json.ts';
import { openApi30 } from '../src/openapi-30.ts';

const document = (rest: JsonObject): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1', summary: 'of 3.1', license: { name: 'MIT', identifier: 'MIT' } },
  paths: {},
  ...rest,
});
const problem = { description: 'A problem.' };
const withOperation = (operation: JsonObject) =>
  document({ paths: { '/things': { get: { responses: { default: problem }, ...operation } } } });
const operationOf = (rendered: JsonObject) => (rendered as never)['paths']['/things']['get'] as JsonObject;

test('it says 3.0.3, and a license has an address in the place of an identifier', () => {
  expect(openApi30(document({ jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema' }))).toEqual({
    openapi: '3.0.3',
    info: { title: 'Things', version: '1', license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' } },
    paths: {},
  });
});

test('roles are left out of security: 3.0 has scopes of OAuth 2 and OpenID Connect only', () => {
  const either = [{ bearer: ['Things.Read'] }, { bearer: ['Things.ReadWrite'] }, {}];
  const rendered = openApi30({ ...withOperation({ security: either }), security: either });
  expect(operationOf(rendered)['security']).toEqual([{ bearer: [] }, {}]);
  expect(rendered['security']).toEqual([{ bearer: [] }, {}]);
});

test('schemas are rendered wherever they are: parameters, bodies, answers, headers, components', () => {
  const schema = { type: ['string', 'null'] };
  const content = { 'application/json': { schema, examples: { one: { value: null } } } };
  const rendered = openApi30({
    ...withOperation({
      parameters: [{ in: 'query', name: 'q', schema }],
      requestBody: { content },
      responses: { 200: { description: 'It.', headers: { etag: { schema } }, content }, 204: { description: 'Gone.' } },
    }),
    components: { schemas: { Thing: schema }, parameters: { q: { in: 'query', name: 'q', schema } } },
  });
  expect(JSON.stringify(rendered)).not.toContain('["string","null"]');
  expect(JSON.stringify(rendered).match(/"nullable":true/g)).toHaveLength(6);
});

test('a reference loses what stands beside it: 3.0 would not see it anyway', () => {
  const response = { $ref: '#/components/responses/Problem', description: 'of this one' };
  const { responses } = operationOf(openApi30(withOperation({ responses: { default: response } })));
  expect(responses).toEqual({ default: { $ref: '#/components/responses/Problem' } });
});

test.for(['webhooks', 'pathItems'])('what cannot be left out is an error: %s', (name) => {
  const broken = name === 'webhooks' ? { webhooks: {} } : { components: { pathItems: {} } };
  expect(() => openApi30(document(broken))).toThrow(name);
});

test('an independent validator takes it for 3.0, and refuses what is of 3.1 only', async () => {
  const nullable = { schema: { type: ['string', 'null'] }, in: 'query', name: 'q' };
  const rendered = openApi30(withOperation({ parameters: [nullable] }));
  expect(await new Validator().validate(rendered)).toEqual({ valid: true });
  const leftIn = { ...withOperation({ parameters: [nullable] }), openapi: '3.0.3', info: rendered['info'] };
  expect((await new Validator().validate(leftIn)).valid).toBe(false);
});
