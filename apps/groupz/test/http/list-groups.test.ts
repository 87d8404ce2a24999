import { authenticator } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import { createServer } from '@seaworthy/chassis/server';
import request from 'supertest';
import { expect, it } from 'vitest';
import { app } from '../../src/app.ts';
import { startInventory } from '../../src/inventory.ts';
import { memorySource } from '../../src/memory/memory-source.ts';
import { A, B, refreshOptions } from '../refresh-options.ts';

async function serve(groups: Map<string, string[]>, auth: Parameters<typeof authenticator>[0] = { AUTH: 'none' }) {
  const options = refreshOptions();
  const inventory = startInventory({ ...options, source: memorySource(groups), subscriptionIds: [A, B] });
  const server = await createServer({
    name: 'groupz',
    version: '1.2.3',
    description: 'Lists groups.',
    log: createLog({ name: 'groupz', level: 'silent' }),
    routes: app({ inventory }),
    authenticate: authenticator(auth),
    readiness: async () => ({ ready: true, checks: {} }),
  });
  await options.clock.advance(7);
  return { http: request(server.server), clock: options.clock };
}

const loaded = new Map([
  [A, ['rg-b', 'RG-c']],
  [B, ['rg-A']],
]);

it('200 with a bare array of names, in order, and its age', async () => {
  const { http } = await serve(loaded);
  const { status, headers, body } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', age: '7' });
  expect(body).toEqual(['rg-A', 'rg-b', 'RG-c']);
});

it('200 for this caller alone, who asks again each time', async () => {
  const { http } = await serve(loaded);
  const { status, headers } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('private, no-cache');
});

it('200 with [] when there are no groups', async () => {
  const { http } = await serve(
    new Map([
      [A, []],
      [B, []],
    ]),
  );
  const { status, text } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(text).toBe('[]');
});

it('200 with every letter of a name as it is', async () => {
  const names = ['%d', '%s%s', 'a"b', 'rg-Über', '{}'];
  const { http } = await serve(
    new Map([
      [A, names],
      [B, []],
    ]),
  );
  const { status, body } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(body).toEqual(names);
});

it('503 with Retry-After until every subscription is loaded', async () => {
  const { http } = await serve(new Map([[A, ['rg-b']]]));
  const { status, headers, body } = await http.get('/groupz');
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(body).toMatchObject({
    type: 'urn:seaworthy:problem:unavailable',
    status: 503,
    detail: expect.stringContaining(B),
  });
});

it('401 without an access token, when tokens are asked for', async () => {
  const { http } = await serve(loaded, { AUTH: 'jwt', AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'groupz' });
  const { status, body } = await http.get('/groupz');
  expect(status).toBe(401);
  expect(body).toMatchObject({ type: 'urn:seaworthy:problem:unauthenticated' });
});

it('405 for another method', async () => {
  const { http } = await serve(loaded);
  const { status, headers } = await http.post('/groupz').send({});
  expect(status).toBe(405);
  expect(headers['allow']).toBe('GET, HEAD');
});

it('is described by the OpenAPI document', async () => {
  const { http } = await serve(loaded);
  const { body } = await http.get('/openapi.json');
  const { get } = body.paths['/groupz'];
  expect(get).toMatchObject({ operationId: 'listGroups', tags: ['resource groups'] });
  expect(get.responses['200'].headers).toHaveProperty('age');
  expect(get.responses['200'].content['application/json'].schema).toMatchObject({ type: 'array' });
});
