import { generateKeyPair, SignJWT } from 'jose';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { SEED_FILE, startEmulator } from '../../src/emulator.ts';
import { readSeed } from '../../src/seed.ts';
import { clientIds, exchange, projectedToken } from '../calls.ts';

let lag = 0;
const seed = readSeed(SEED_FILE);
const users = seed.applications.find((application) => application.name === 'users');
if (users) users.federatedCredentials = [];
const emulator = await startEmulator({ seed, clock: () => Date.now() - lag });
afterAll(() => emulator.close());

const stranger = await generateKeyPair('RS256');
const { body: jwks } = await request(emulator.httpsUrl).get('/cluster/openid/v1/jwks').ca(emulator.ca);
const clusterKid: string = jwks.keys[0].kid;

/** A projected token like the real one, signed by a key the cluster does not have. */
function forged(header: object, issuer = `${emulator.httpsUrl}/cluster/`): Promise<string> {
  const sub = 'system:serviceaccount:seaworthy:groupz';
  return new SignJWT({ iss: issuer, sub, aud: 'api://AzureADTokenExchange' })
    .setProtectedHeader({ alg: 'RS256', ...header })
    .setExpirationTime('1h')
    .sign(stranger.privateKey);
}

describe('401', () => {
  const cases: [number, string, () => Promise<string>][] = [
    [700027, 'another key under the id of the cluster key', () => forged({ kid: clusterKid })],
    [7000272, 'a key the issuer does not publish', () => forged({ kid: 'other' })],
    [700211, 'an issuer of another name', () => forged({ kid: clusterKid }, 'https://other.example/')],
    [700211, 'the issuer without its slash', () => forged({ kid: clusterKid }, `${emulator.httpsUrl}/cluster`)],
    [700213, 'another service account', () => projectedToken(emulator, { serviceAccount: 'other' })],
    [700213, 'another namespace', () => projectedToken(emulator, { namespace: 'other' })],
    [700212, 'another audience', () => projectedToken(emulator, { audience: 'https://kubernetes.default.svc' })],
    [700024, 'a token past its end', () => projectedToken(emulator, { expiresInSeconds: -1 })],
    [50027, 'no JWT at all', async () => 'not.a.jwt'],
    [5002727, 'a JWT of another type', () => forged({ kid: clusterKid, typ: 'at+jwt' })],
  ];

  it.for(cases)('AADSTS%i for %s', async ([code, , make]) => {
    const response = await exchange(emulator, { client_assertion: await make() });
    expect(response.status).toBe(401);
    expect(response.body).toMatchObject({ error: 'invalid_client', error_codes: [code] });
    expect(response.body.error_description).toMatch(`AADSTS${code}: `);
  });

  it('AADSTS700024 for a token that is not valid yet', async () => {
    const assertion = await projectedToken(emulator);
    lag = 600_000;
    const response = await exchange(emulator, { client_assertion: assertion });
    lag = 0;
    expect(response.status).toBe(401);
    expect(response.body.error_codes).toEqual([700024]);
  });

  it('AADSTS70021 when the application has no federated credential', async () => {
    const assertion = await projectedToken(emulator, { serviceAccount: 'users' });
    const response = await exchange(emulator, { client_id: clientIds.users, client_assertion: assertion });
    expect(response.status).toBe(401);
    expect(response.body.error_codes).toEqual([70021]);
  });

  it('AADSTS700027 for a token without a signature', async () => {
    const [, payload] = (await projectedToken(emulator)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: clusterKid })).toString('base64url');
    const response = await exchange(emulator, { client_assertion: `${header}.${payload}.` });
    expect(response.status).toBe(401);
    expect(response.body.error_codes).toEqual([700027]);
  });

  it('AADSTS700213 when one service account uses the identity of another', async () => {
    const assertion = await projectedToken(emulator, { serviceAccount: 'realtime' });
    const response = await exchange(emulator, { client_assertion: assertion });
    expect(response.status).toBe(401);
    expect(response.body.error_description).toContain('system:serviceaccount:seaworthy:realtime');
  });
});
