import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectScimFault, type ScimFault, scim } from './scim-api.ts';
import { expectProblem, send } from './users-api.ts';
import { startUsers, type UsersProgram } from './users-program.ts';

const requests = 5;

describe(`users that let a caller send ${requests} requests in an hour`, () => {
  let program: UsersProgram;
  beforeAll(async () => {
    program = await startUsers({ RATE_LIMIT_REQUESTS: `${requests}`, RATE_LIMIT_SECONDS: '3600' });
  });
  afterAll(() => program?.stop());

  const at = () => ({ baseUrl: program.address });

  test('every answer tells the limit and what is left; then 429 with Retry-After, for both faces', async () => {
    for (let left = requests - 1; left >= 0; left -= 1) {
      const { status, headers } = await send(at, '/users?pageSize=1');
      expect(status).toBe(200);
      expect(headers.get('ratelimit-policy')).toBe(`"default";q=${requests};w=3600`);
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"default";r=${left};t=\\d+$`));
    }
    const refused = await send(at, '/users', { method: 'POST', json: {} });
    expectProblem(refused, 429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"default";r=0;t=\d+$/);
    expectScimFault(await scim<ScimFault>(at, '/Users'), 429);
  });

  test('429 for what would be refused anyway', async () => {
    for (const path of ['/nowhere', '/%zz', '/openapi.json']) expectProblem(await send(at, path), 429);
    expectProblem(await send(at, '/users', { method: 'PURGE' }), 429);
    expectProblem(await send(at, '/users', { headers: { accept: 'image/png' } }), 429);
    expectProblem(await send(at, '/users', { method: 'POST', type: 'text/plain', text: 'a' }), 429);
  });

  test('probes are not counted', async () => {
    expect((await send(at, '/livez')).status).toBe(200);
  });
});
