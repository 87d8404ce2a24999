import { Problem } from '@seaworthy/chassis/problem';
import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../../src/memory/memory-users.ts';
import { unknownId } from '../users-server.ts';
import { createScimUser, errorUrn, scimServer } from './scim-server.ts';

const path = `/scim/v2/Users/${unknownId}`;
const message = (status: string) => ({ schemas: [errorUrn], status, detail: expect.any(String) });

describe('errors are messages of SCIM', () => {
  it('403 for a caller without the role, who is told what is missing', async () => {
    const api = await scimServer({ caller: { id: 'a', roles: ['Users.ReadWrite'] } });
    for (const answer of [await api.get(path), await api.get('/scim/v2/Schemas'), await createScimUser(api, {})]) {
      expect(answer.status).toBe(403);
      expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope"');
      expect(answer.body).toEqual(message('403'));
    }
  });

  it('200 for a caller with it', async () => {
    const api = await scimServer({ caller: { id: 'a', roles: ['Users.Provision'] } });
    const { status, body } = await api.get('/scim/v2/Users');
    expect(status).toBe(200);
    expect(body.totalResults).toBe(0);
  });

  it.for(['/scim/v2/Groups', '/scim/v2/', '/scim/v2/users', '/scim/v2/Users/a/b'])('404 for %s', async (url) => {
    const { status, body, headers } = await (await scimServer()).get(url);
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/scim\+json/);
    expect(body).toEqual(message('404'));
  });

  it.for([
    ['PUT', '/scim/v2/Users', 'GET, HEAD, POST'],
    ['GET', '/scim/v2/Users/.search', 'POST'],
    ['POST', path, 'DELETE, GET, HEAD, PATCH, PUT'],
    ['DELETE', '/scim/v2/Schemas', 'GET, HEAD'],
  ] as const)('405 for %s %s', async ([method, url, allow]) => {
    const api = await scimServer();
    const { status, body, headers } = await api[method.toLowerCase() as 'put'](url);
    expect(status).toBe(405);
    expect(headers['allow']).toBe(allow);
    expect(body).toEqual(message('405'));
  });

  it('406 for a caller who cannot read SCIM', async () => {
    const { status, body } = await (await scimServer()).get('/scim/v2/Users').set('accept', 'text/html');
    expect(status).toBe(406);
    expect(body).toEqual(message('406'));
  });

  it('413 for a body of more than 64 KB', async () => {
    const { status, body } = await createScimUser(await scimServer(), { userName: 'x'.repeat(64 * 1024) });
    expect(status).toBe(413);
    expect(body).toEqual(message('413'));
  });

  it.for(['text/plain', 'application/merge-patch+json', 'application/xml'])('415 for %s', async (type) => {
    const { status, body } = await (await scimServer()).patch(path).type(type).send('{}');
    expect(status).toBe(415);
    expect(body).toEqual(message('415'));
  });

  it.for(['{', '{"__proto__": {}}', '{"a": {"constructor": {"prototype": {}}}}', ''])(
    '400 invalidSyntax for %j',
    async (text) => {
      const { status, body } = await (await scimServer())
        .post('/scim/v2/Users')
        .type('application/scim+json')
        .send(text);
      expect(status).toBe(400);
      expect(body).toEqual({ ...message('400'), scimType: 'invalidSyntax' });
    },
  );

  it('429 with Retry-After', async () => {
    const api = await scimServer({ rateLimit: { requests: 1, seconds: 60 } });
    await api.get('/scim/v2/Users').expect(200);
    const { status, body, headers } = await api.get('/scim/v2/Users');
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('60');
    expect(body).toEqual(message('429'));
  });

  it('400 invalidValue for what the domain finds invalid', async () => {
    const add = async () => {
      throw new Problem('invalid', 'No.', { errors: [{ pointer: '/email', code: 'x', detail: 'must be another' }] });
    };
    const api = await scimServer({ users: { ...memoryUsers(), add } });
    const { status, body } = await createScimUser(api, { userName: 'b' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: '400', scimType: 'invalidValue', detail: 'No. /email must be another.' });
  });

  it('503 with Retry-After', async () => {
    const find = async () => {
      throw new Problem('unavailable', 'No database.', { retryAfterSeconds: 2 });
    };
    const { status, body, headers } = await (await scimServer({ users: { ...memoryUsers(), find } })).get(path);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('2');
    expect(body).toEqual(message('503'));
  });

  it('500 without a word of what is wrong', async () => {
    const find = async () => {
      throw new Error('secret');
    };
    const { status, body } = await (await scimServer({ users: { ...memoryUsers(), find } })).get(path);
    expect(status).toBe(500);
    expect(body).toEqual({ schemas: [errorUrn], status: '500' });
  });
});
