import { Type } from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { anybody, type Caller } from '../src/auth.ts';
import { Problem } from '../src/problem.ts';
import { type Routes, route } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';
import { exchange } from './raw-client.ts';

const showCaller = route({
  schema: { response: { 200: Type.Object({ id: Type.String() }) } },
  config: { roles: ['Pizzas.Read', 'Pizzas.Write'] },
  handler: async (request) => ({ id: request.caller.id }),
});

const routes: Routes = (server) => {
  server.get('/guarded', showCaller);
  server.get('/any-role', async (request) => request.caller);
  server.get('/open', { config: { open: true } }, async (request) => request.caller);
  server.get('/domain', () => {
    throw new Problem('forbidden', 'This pizza is not yours.');
  });
};

async function serverFor(caller: Caller | Problem) {
  const authenticate = async () => {
    if (caller instanceof Problem) throw caller;
    return caller;
  };
  const server = await pizzaServer({ routes, authenticate });
  onTestFinished(() => server.close());
  return server;
}

async function get(url: string, caller: Caller | Problem) {
  const response = await (await serverFor(caller)).inject(url);
  const { statusCode: status, headers } = response;
  return { status, challenge: headers['www-authenticate'], body: response.json() };
}

test.each<[string, Caller]>([
  ['one of the roles', { id: 'ada', roles: ['Pizzas.Write', 'Ovens.Heat'] }],
  ['all roles', anybody],
])('200 for a caller with %s', async (_name, caller) => {
  expect(await get('/guarded', caller)).toMatchObject({ status: 200, body: { id: caller.id } });
});

test.each([[[]], [['pizzas.read']], [['Pizzas.Read.All']]])(
  '403 for a caller with the roles %j, naming those that would do',
  async (roles) => {
    const { status, challenge, body } = await get('/guarded', { id: 'ada', roles });
    expect({ status, challenge }).toEqual({ status: 403, challenge: 'Bearer error="insufficient_scope"' });
    expect(body).toMatchObject({
      type: 'urn:seaworthy:problem:forbidden',
      detail: 'The access token needs the role `Pizzas.Read` or `Pizzas.Write`.',
    });
  },
);

test('401 before 403: who calls is asked first', async () => {
  const refused = new Problem('unauthenticated', 'The access token was refused.', { cause: new Error('expired') });
  const { status, challenge } = await get('/guarded', refused);
  expect({ status, challenge }).toEqual({ status: 401, challenge: 'Bearer error="invalid_token"' });
});

test('200 without any role where a route asks for none', async () => {
  expect(await get('/any-role', { id: 'ada', roles: [] })).toMatchObject({ status: 200, body: { id: 'ada' } });
});

test('on an open route nobody is asked, and the caller is a stranger in no role', async () => {
  const refused = new Problem('unauthenticated', 'Asked.');
  expect(await get('/open', refused)).toMatchObject({ status: 200, body: { id: 'stranger', roles: [] } });
});

test('403 of the domain is no matter of the token', async () => {
  const { status, challenge, body } = await get('/domain', anybody);
  expect({ status, challenge, detail: body.detail }).toEqual({ status: 403, detail: 'This pizza is not yours.' });
});

test('400 for two Authorization headers, of which each reader might take another', async () => {
  const server = await serverFor({ id: 'ada', roles: ['Pizzas.Read'] });
  const url = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
  const head = 'Host: a\r\nConnection: close\r\nAuthorization: Bearer a.b.c\r\n';
  const { status } = await exchange(Number(url.port), `GET /guarded HTTP/1.1\r\n${head}\r\n`);
  const twice = await exchange(Number(url.port), `GET /guarded HTTP/1.1\r\n${head}AUTHORIZATION: Bearer d.e.f\r\n\r\n`);
  expect([status, twice.status]).toEqual([200, 400]);
  expect(JSON.parse(twice.body)).toMatchObject({ detail: 'Send one Authorization header.' });
});
