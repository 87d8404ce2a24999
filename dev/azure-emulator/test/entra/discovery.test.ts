import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());

const { port } = new URL(emulator.httpsUrl);
const get = (path: string) => request(emulator.httpsUrl).get(path).ca(emulator.ca);
const configuration = `/${tenantId}/v2.0/.well-known/openid-configuration`;

it('200 with an issuer and endpoints at the origin that was asked', async () => {
  const response = await get(configuration).set('Host', `localhost:${port}`);
  expect(response.status).toBe(200);
  const base = `https://localhost:${port}/${tenantId}`;
  expect(response.body).toMatchObject({
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
});

it('200 for the tenant by its domain', async () => {
  const response = await get('/seaworthy.onmicrosoft.com/v2.0/.well-known/openid-configuration');
  expect(response.status).toBe(200);
  expect(response.body.issuer).toBe(`${emulator.httpsUrl}/${tenantId}/v2.0`);
});

it.for([`attacker.example:${port}`, 'localhost:1', 'localhost'])('421 for the host %s', async (host) => {
  // The client, too, would refuse: the certificate has no such name.
  const response = await get(configuration).disableTLSCerts().set('Host', host);
  expect(response.status).toBe(421);
  expect(response.text).not.toContain('attacker');
});

it('400 AADSTS90002 for an unknown tenant', async () => {
  const response = await get('/11111111-1111-1111-1111-111111111111/v2.0/.well-known/openid-configuration');
  expect(response.status).toBe(400);
  expect(response.body.error_codes).toEqual([90002]);
});

it('200 with the signing key', async () => {
  const response = await get(`/${tenantId}/discovery/v2.0/keys`);
  expect(response.status).toBe(200);
  expect(response.body.keys).toEqual([
    { kty: 'RSA', use: 'sig', alg: 'RS256', kid: expect.any(String), n: expect.any(String), e: 'AQAB' },
  ]);
});

it('200 from instance discovery for this authority', async () => {
  const endpoint = `${emulator.httpsUrl}/${tenantId}/oauth2/v2.0/authorize`;
  const query = new URLSearchParams({ 'api-version': '1.1', authorization_endpoint: endpoint });
  const response = await get(`/common/discovery/instance?${query}`);
  expect(response.status).toBe(200);
  expect(response.body.tenant_discovery_endpoint).toBe(`${emulator.httpsUrl}${configuration}`);
  expect(response.body.metadata[0].aliases).toEqual([`127.0.0.1:${port}`]);
});

it('400 from instance discovery for another authority', async () => {
  const response = await get('/common/discovery/instance?authorization_endpoint=https://attacker.example/x');
  expect(response.status).toBe(400);
  expect(response.body).toMatchObject({ error: 'invalid_instance', error_codes: [50049] });
});
