import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, it } from 'vitest';
import { unknownId, usersServer } from './users-server.ts';

const Operation = Type.Object({
  operationId: Type.String(),
  summary: Type.String(),
  tags: Type.Array(Type.Enum(['users', 'scim']), { minItems: 1 }),
  responses: Type.Record(Type.String(), Type.Object({ description: Type.String() })),
});
type Operations = Record<string, Record<string, Static<typeof Operation>>>;

it('describes each operation by id, summary, tag and answers', async () => {
  const operations = Object.values(await describedPaths()).flatMap((path) => Object.values(path));
  for (const operation of operations) expect(Value.Check(Operation, operation)).toBe(true);
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['changeUser', 'createUser', 'listUsers', 'putUser', 'putUserV1']));
});

it('describes both media types of PATCH, and what stands in Location', async () => {
  const paths = await describedPaths();
  expect(paths['/users/{id}']?.['patch']).toMatchObject({
    requestBody: { content: { 'application/json': {}, 'application/merge-patch+json': {} } },
  });
  expect(paths['/users']?.['post']?.responses['201']).toMatchObject({ headers: { location: {} } });
});

it.for([
  ['GET', '/users', 200],
  ['POST', '/users', 422],
  ['GET', `/users/${unknownId}`, 404],
  ['GET', '/users/me', 400],
  ['DELETE', `/users/${unknownId}`, 404],
] as const)('lets no cache keep what it answers to %s %s', async ([method, path, expected]) => {
  const api = await usersServer();
  const { status, headers } = await api[method.toLowerCase() as 'get'](path).send(method === 'POST' ? {} : undefined);
  expect(status).toBe(expected);
  expect(headers['cache-control']).toBe('no-store, no-transform');
});

async function describedPaths(): Promise<Operations> {
  return (await (await usersServer()).get('/openapi.json')).body.paths;
}
