import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, clientIds, exchange, projectedToken, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());

describe('200', () => {
  it('for the assertion of a federated service account', async () => {
    const response = await exchange(emulator, { client_assertion: await projectedToken(emulator) });
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      token_type: 'Bearer',
      expires_in: 86_399,
      ext_expires_in: 86_399,
      access_token: expect.any(String),
    });
    expect(response.headers['cache-control']).toContain('no-store');
  });

  it('for a scope with what OpenID Connect adds to it, as MSAL for Go sends it', async () => {
    const token = await accessToken(emulator, {
      scope: 'https://vault.azure.net/.default openid offline_access profile',
    });
    expect(decodeJwt(token).aud).toBe('https://vault.azure.net');
  });

  it('with the capabilities that the client says it has', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const response = await exchange(emulator, { client_assertion: await projectedToken(emulator), claims });
    expect(decodeJwt(response.body.access_token)['xms_cc']).toEqual(['cp1']);
    expect(decodeJwt(await accessToken(emulator))).not.toHaveProperty('xms_cc');
  });

  it('with a token that names the identity', async () => {
    expect(decodeJwt(await accessToken(emulator))).toMatchObject({
      aud: 'https://management.azure.com',
      iss: `${emulator.httpsUrl}/${tenantId}/v2.0`,
      tid: tenantId,
      appid: clientIds.groupz,
      oid: 'a1b2c3d4-0001-4e5f-8a9b-0c1d2e3f4a5b',
      sub: 'a1b2c3d4-0001-4e5f-8a9b-0c1d2e3f4a5b',
      xms_mirid: expect.stringContaining('/userAssignedIdentities/groupz'),
    });
  });

  it('with a token whose issuer is the one that discovery names at the same origin, and that ARM takes at another', async () => {
    const called = { ...emulator, httpsUrl: emulator.httpsUrl.replace('127.0.0.1', 'localhost') };
    const token = await accessToken(called);
    const discovery = await request(called.httpsUrl)
      .get(`/${tenantId}/v2.0/.well-known/openid-configuration`)
      .ca(emulator.ca);
    expect(decodeJwt(token).iss).toBe(discovery.body.issuer);
    const arm = request(emulator.httpsUrl).get('/subscriptions?api-version=2022-12-01').ca(emulator.ca);
    expect((await arm.set('authorization', `Bearer ${token}`)).status).toBe(200);
  });

  it('with a token that the published keys verify', async () => {
    const keys = await request(emulator.httpsUrl).get(`/${tenantId}/discovery/v2.0/keys`).ca(emulator.ca);
    const verified = await jwtVerify(await accessToken(emulator), createLocalJWKSet(keys.body));
    expect(verified.payload.exp).toBe((verified.payload.iat ?? 0) + 86_399);
  });

  it('with the audience as the scope spells it', async () => {
    const token = await accessToken(emulator, { scope: 'https://management.azure.com//.default' });
    expect(decodeJwt(token).aud).toBe('https://management.azure.com/');
  });
});

describe('the form is refused', () => {
  const cases: [string, number, string, Record<string, string | undefined>][] = [
    ['400 for another grant', 70003, 'unsupported_grant_type', { grant_type: 'password' }],
    ['400 without a grant', 900144, 'invalid_request', { grant_type: undefined }],
    ['400 without a client id', 900144, 'invalid_request', { client_id: undefined }],
    ['400 without a scope', 900144, 'invalid_request', { scope: undefined }],
    ['400 without an assertion type', 900144, 'invalid_request', { client_assertion_type: undefined }],
    ['400 for an assertion type it does not know', 9002313, 'invalid_request', { client_assertion_type: 'saml' }],
    ['400 for an unknown application', 700016, 'unauthorized_client', { client_id: tenantId }],
    [
      '400 for two scopes',
      70011,
      'invalid_scope',
      { scope: 'https://vault.azure.net/.default https://redis.azure.com/.default' },
    ],
    ['400 for claims that are no JSON', 9002313, 'invalid_request', { claims: '{' }],
    ['400 for a scope without .default', 1002012, 'invalid_scope', { scope: 'https://vault.azure.net/read' }],
    ['400 for an unknown resource', 500011, 'invalid_resource', { scope: 'https://else.example/.default' }],
    ['401 for a secret', 7000215, 'invalid_client', { client_assertion: undefined, client_secret: 'guess' }],
    ['401 without any credential', 7000216, 'invalid_client', { client_assertion: undefined }],
  ];

  it.for(cases)('%s: AADSTS%i', async ([title, code, error, fields]) => {
    const response = await exchange(emulator, { client_assertion: await projectedToken(emulator), ...fields });
    expect(response.status).toBe(Number(title.slice(0, 3)));
    expect(response.body).toMatchObject({ error, error_codes: [code] });
  });

  it('400 for a JSON body, which holds no parameters', async () => {
    const body = { grant_type: 'client_credentials' };
    const response = await request(emulator.httpsUrl).post(`/${tenantId}/oauth2/v2.0/token`).ca(emulator.ca).send(body);
    expect(response.status).toBe(400);
    expect(response.body.error_codes).toEqual([900144]);
  });

  it('413 for a form of more than 64 KiB', async () => {
    const response = await exchange(emulator, { client_assertion: 'x'.repeat(66_000) });
    expect(response.status).toBe(413);
    expect(response.body.error).toBe('invalid_request');
  });
});

describe('an error body', () => {
  it('repeats the client request id and carries the rest of the trace', async () => {
    const id = '5f0c8e0a-9a43-4a0e-8f3b-3f0f6c1d2e3f';
    const path = `/${tenantId}/oauth2/v2.0/token?client-request-id=${id}`;
    const { body } = await request(emulator.httpsUrl).post(path).ca(emulator.ca).type('form').send({});
    expect(body).toMatchObject({
      correlation_id: id,
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      error_uri: 'https://login.microsoftonline.com/error?code=900144',
    });
    expect(body.error_description).toContain(`AADSTS900144: `);
    expect(body.error_description).toContain(`Correlation ID: ${id}`);
  });
});
