import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { clientIds, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const ask = (query: Record<string, string> = {}) =>
  request(emulator.httpUrl).get('/_emulator/access-token').query(query);
const claimsFor = async (query: Record<string, string>) => decodeJwt((await ask(query)).text);

describe('200', () => {
  it("as plain text: the developer's token for the users API", async () => {
    const { status, text, headers } = await ask();
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/plain/),
      'cache-control': 'no-store',
    });
    expect(decodeJwt(text)).toMatchObject({
      aud: clientIds['users-api'],
      azp: clientIds.developer,
      roles: ['Users.Read', 'Users.ReadWrite', 'Channels.ReadWrite'],
    });
  });

  it('with a token that the keys of its issuer verify, by whatever loopback address it was asked for', async () => {
    const { text } = await ask();
    const { port } = new URL(emulator.httpsUrl);
    const issuer = `https://localhost:${port}/${tenantId}/v2.0`;
    expect(emulator.issuer).toBe(issuer);
    const keys = await request(emulator.httpsUrl).get(`/${tenantId}/discovery/v2.0/keys`).ca(emulator.ca);
    const verified = jwtVerify(text, createLocalJWKSet(keys.body), { issuer, audience: clientIds['users-api'] });
    await expect(verified).resolves.toHaveProperty('payload');
  });

  it('for another application and resource', async () => {
    const claims = await claimsFor({ application: 'groupz', resource: 'https://vault.azure.net' });
    expect(claims).toMatchObject({ azp: clientIds.groupz, aud: 'https://vault.azure.net' });
    expect(claims).not.toHaveProperty('roles');
  });

  it('with other roles than those assigned, or none', async () => {
    expect((await claimsFor({ roles: 'Users.Provision,Else' }))['roles']).toEqual(['Users.Provision', 'Else']);
    expect(await claimsFor({ roles: '' })).not.toHaveProperty('roles');
  });

  it('with the end asked for, also one in the past', async () => {
    const { iat = 0, exp } = await claimsFor({ expiresIn: '5' });
    expect(exp).toBe(iat + 5);
    const past = await claimsFor({ expiresIn: '-100' });
    expect(past.exp).toBeLessThan(Date.now() / 1000 - 90);
    expect(past.nbf).toBeLessThan(past.exp ?? 0);
  });
});

it.for([
  ['400', { resource: 'api://else' }, /\/resource.*api:\/\/else/],
  ['400', { expiresIn: 'soon' }, /\/expiresIn/],
  ['400', { role: 'Users.Read' }, /\/role is not a known property/],
  ['404', { application: 'nobody' }, /nobody.*developer/],
] as const)('%s for %j', async ([status, query, message]) => {
  const response = await ask({ ...query });
  expect(response.status).toBe(Number(status));
  expect(response.body.error.message).toMatch(message);
});
