import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { clientIds } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());

const RESOURCE = 'https://vault.azure.net';
const query = { 'api-version': '2019-08-01', resource: RESOURCE, client_id: clientIds.users };
const secret = emulator.seed.appService.identityHeader;
const ask = (parameters: object, header = secret) =>
  request(emulator.httpUrl).get('/msi/token').query(parameters).set('X-IDENTITY-HEADER', header);

it('200 with the epoch of the end', async () => {
  const { status, body } = await ask(query);
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.any(String),
    client_id: clientIds.users,
    expires_on: expect.stringMatching(/^\d{10}$/),
    resource: RESOURCE,
    token_type: 'Bearer',
  });
});

describe('400', () => {
  it.for([
    ['for the api-version of instance metadata', { 'api-version': '2018-02-01' }],
    ['for an unknown resource', { resource: 'https://else.example' }],
    ['for an unknown identity', { client_id: '11111111-1111-1111-1111-111111111111' }],
  ] as const)('%s', async ([, change]) => {
    const { status, body } = await ask({ ...query, ...change });
    expect(status).toBe(400);
    expect(body).toEqual({ statusCode: 400, message: expect.any(String) });
  });
});

it.for(['', 'wrong'])('401 for the identity header "%s"', async (header) => {
  const { status, body } = await ask(query, header);
  expect(status).toBe(401);
  expect(body.message).not.toContain(secret);
});
