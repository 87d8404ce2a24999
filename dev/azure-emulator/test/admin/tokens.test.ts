import { decodeJwt } from 'jose';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const mint = (body: object) => request(emulator.httpUrl).post('/_emulator/tokens').send(body);

describe('201', () => {
  it('with a projected token for an hour and the exchange', async () => {
    const { status, body } = await mint({ namespace: 'ns', serviceAccount: 'sa' });
    expect(status).toBe(201);
    const { iat = 0, exp, aud, sub } = decodeJwt(body.token);
    expect([exp, aud, sub]).toEqual([iat + 3600, ['api://AzureADTokenExchange'], 'system:serviceaccount:ns:sa']);
  });

  it('with the audience and end asked for', async () => {
    const { body } = await mint({ namespace: 'ns', serviceAccount: 'sa', audience: 'me', expiresInSeconds: -5 });
    const { exp = 0, aud } = decodeJwt(body.token);
    expect(aud).toEqual(['me']);
    expect(exp).toBeLessThan(Date.now() / 1000);
  });
});

describe('400', () => {
  it.for([
    [{ namespace: 'ns' }, /serviceAccount/],
    [{ namespace: '../etc', serviceAccount: 'sa' }, /\/namespace/],
    [{ namespace: 'ns', serviceAccount: 'sa', expiresInSeconds: 'soon' }, /\/expiresInSeconds/],
  ] as const)('for %j', async ([body, message]) => {
    const response = await mint(body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toMatch(message);
  });
});
