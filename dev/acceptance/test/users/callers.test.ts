import { type Emulator, startEmulator } from '@seaworthy/azure-emulator/emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessToken } from '../access-token.ts';
import { expectScimFault, type ScimFault, scim, scimDraft } from './scim-api.ts';
import { draft, expectProblem, mark, type Request, send, type UserBody } from './users-api.ts';
import { startUsers, type UsersProgram } from './users-program.ts';

// The users API of the emulator's seed: tokens of version 2.0 name it by its client id.
const audience = 'c0ffee03-6a2b-4c1d-9e3f-5a7b8c9d0e1f';

describe('users that verifies access tokens', () => {
  let emulator: Emulator;
  let program: UsersProgram;
  beforeAll(async () => {
    emulator = await startEmulator();
    program = await startUsers({
      AUTH: 'jwt',
      AUTH_ISSUER: emulator.issuer,
      AUTH_AUDIENCE: audience,
      NODE_EXTRA_CA_CERTS: emulator.caFile,
    });
  });
  afterAll(async () => {
    await program?.stop();
    await emulator?.close();
  });

  const anybody = () => ({ baseUrl: program.address });
  const bearer = async (query: Record<string, string>) => {
    const authorization = `Bearer ${await accessToken(emulator.httpUrl, query)}`;
    return () => ({ baseUrl: program.address, headers: { authorization } });
  };

  test('401 with WWW-Authenticate for who has no token, by both faces', async () => {
    const answer = await send(anybody, '/users');
    expectProblem(answer, 401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expectScimFault(await scim<ScimFault>(anybody, '/Users'), 401);
  });

  test.each([
    ['Users.Read', 200, 403, 403],
    ['Users.ReadWrite', 200, 201, 403],
    ['Users.Provision', 403, 403, 201],
    ['Users.Other', 403, 403, 403],
    ['', 403, 403, 403],
  ])('the role %j: GET %i, POST %i, SCIM %i', async (roles, get, post, provision) => {
    const at = await bearer({ roles });
    expect((await send(at, '/users')).status).toBe(get);
    expect((await send(at, '/users', { method: 'POST', json: draft() })).status).toBe(post);
    expect((await scim(at, '/Users', { method: 'POST', json: scimDraft() })).status).toBe(provision);
  });

  test('403 names the role in WWW-Authenticate (RFC 6750), and comes before the body is judged', async () => {
    const at = await bearer({ roles: 'Users.Read' });
    const answer = await send(at, '/users', { method: 'POST', json: { nonsense: 1 } });
    expectProblem(answer, 403);
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
  });

  test('an Idempotency-Key is the own one of each caller', async () => {
    const request = (): Request => ({ method: 'POST', json: draft(), headers: { 'idempotency-key': key } });
    const key = mark();
    const roles = 'Users.ReadWrite';
    const [one, other] = [
      await bearer({ roles, application: 'developer' }),
      await bearer({ roles, application: 'directory' }),
    ];
    const [first, second] = [
      await send<UserBody>(one, '/users', request()),
      await send<UserBody>(other, '/users', request()),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
    expectProblem(await send(one, '/users', request()), 422);
  });
});
