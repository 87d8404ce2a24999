import { decodeJwt } from 'jose';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { SEED_FILE, startEmulator } from '../../src/emulator.ts';
import { readSeed } from '../../src/seed.ts';
import { clientIds } from '../calls.ts';

const seed = { ...readSeed(SEED_FILE), defaultIdentity: clientIds.users };
const emulator = await startEmulator();
const withDefault = await startEmulator({ seed });
afterAll(() => Promise.all([emulator.close(), withDefault.close()]));

const RESOURCE = 'https://management.azure.com/';
const query = { 'api-version': '2018-02-01', resource: RESOURCE, client_id: clientIds.groupz };
const PATH = '/metadata/identity/oauth2/token';
const groupz = emulator.seed.applications.find((application) => application.name === 'groupz');

function ask(parameters: object, { httpUrl } = emulator, path = PATH): request.Test {
  return request(httpUrl).get(path).query(parameters).set('Metadata', 'true');
}

describe('200', () => {
  it.for([PATH, `${PATH}/`])('at %s, every number as a string', async (path) => {
    const { status, body } = await ask(query, emulator, path);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      client_id: clientIds.groupz,
      expires_in: '86399',
      expires_on: expect.stringMatching(/^\d+$/),
      ext_expires_in: '86399',
      not_before: expect.stringMatching(/^\d+$/),
      resource: RESOURCE,
      token_type: 'Bearer',
    });
    expect(decodeJwt(body.access_token).aud).toBe(RESOURCE);
  });

  it.for([
    ['object_id', groupz?.objectId],
    ['msi_res_id', groupz?.resourceId?.toUpperCase()],
  ] as const)('for an identity named by %s', async ([name, value]) => {
    const { status, body } = await ask({ 'api-version': '2018-02-01', resource: RESOURCE, [name]: value });
    expect(status).toBe(200);
    expect(body.client_id).toBe(clientIds.groupz);
  });

  it('for the default identity when none is named', async () => {
    const { status, body } = await ask({ ...query, client_id: undefined }, withDefault);
    expect(status).toBe(200);
    expect(body.client_id).toBe(clientIds.users);
  });
});

describe('400', () => {
  it.for([
    ['without an api-version', { 'api-version': undefined }, /api-version/],
    ['for an unknown api-version', { 'api-version': '2010-01-01' }, /api-version/],
    ['without a resource', { resource: undefined }, /'resource'/],
    ['for an unknown resource', { resource: 'https://else.example' }, /AADSTS500011/],
    ['for an unknown identity', { client_id: '11111111-1111-1111-1111-111111111111' }, /Identity not found/],
    ['when several identities could be meant', { client_id: undefined }, /Multiple user assigned identities/],
  ] as const)('%s', async ([, change, description]) => {
    const { status, body } = await ask({ ...query, ...change });
    expect(status).toBe(400);
    expect(body).toEqual({ error: expect.any(String), error_description: expect.stringMatching(description) });
  });

  it('to a probe without the Metadata header', async () => {
    const { status, body } = await request(emulator.httpUrl).get(PATH);
    expect(status).toBe(400);
    expect(body.error_description).toBe('Required metadata header not specified');
  });

  it('to a request that was forwarded', async () => {
    const { status, body } = await ask(query).set('X-Forwarded-For', '10.0.0.1');
    expect(status).toBe(400);
    expect(body.error).toBe('bad_request');
  });
});

it('404 on the TLS listener', async () => {
  const response = await request(emulator.httpsUrl).get(PATH).ca(emulator.ca).set('Metadata', 'true');
  expect(response.status).toBe(404);
  expect(response.body.error.code).toBe('NotFound');
});
