import { expect, it } from 'vitest';
import { ada, created, unknownId, usersServer } from '../users-server.ts';

it.for([
  '*/*',
  'application/*',
  'text/html, application/json;q=0.1',
  'application/json;v=1',
  'application/json; v="1"',
])('200 for Accept: %s', async (accept) => {
  const { status, body } = await (await usersServer()).get('/users').set('accept', accept);
  expect(status).toBe(200);
  expect(body).toEqual({ value: [] });
});

it.for([
  'text/html',
  'application/xml, text/*',
  'application/json;q=0',
  'application/json;v=2',
  'application/json; V="2"',
])('406 for Accept: %s', async (accept) => {
  const { status, body, headers } = await (await usersServer()).get('/v1/users').set('accept', accept);
  expect(status).toBe(406);
  expect(body).toMatchObject({ type: 'urn:seaworthy:problem:not-acceptable' });
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
});

it('200 from /v1/users for what was taken in at /users', async () => {
  const api = await usersServer();
  const user = await created(api);
  const { status, body } = await api.get(`/v1/users/${user.id}`);
  expect(status).toBe(200);
  expect(body).toEqual(user);
  const { headers } = await api.post('/v1/users').send({ ...ada, email: 'b@example.com' });
  expect(headers['location']).toMatch(/^\/v1\/users\//);
});

it.for([
  ['GET', '/users', ['Users.ReadWrite'], 200],
  ['GET', '/users', ['Users.Read'], 200],
  ['GET', '/users', ['Users.Provision'], 403],
  ['GET', `/v1/users/${unknownId}`, [], 403],
  ['POST', '/users', ['Users.Read'], 403],
  ['PUT', `/users/${unknownId}`, ['Users.Read'], 403],
  ['PATCH', `/users/${unknownId}`, ['Users.Read', 'Users.Provision'], 403],
  ['DELETE', `/users/${unknownId}`, ['Users.Read'], 403],
  ['DELETE', `/users/${unknownId}`, ['Users.ReadWrite'], 404],
  ['GET', '/scim/v2/Users', ['Users.ReadWrite'], 403],
  ['GET', '/scim/v2/Users', ['Users.Provision'], 200],
] as const)('%s %s with the roles %j is %d', async ([method, path, roles, expected]) => {
  const api = await usersServer({ caller: { id: 'someone', roles } });
  const { status } = await api[method.toLowerCase() as 'get'](path);
  expect(status).toBe(expected);
});
