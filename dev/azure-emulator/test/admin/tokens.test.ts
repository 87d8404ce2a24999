import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { exchange, projectedToken } from '../calls.ts';

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

describe('rotating a token file', () => {
  const rotate = (body: object) => request(emulator.httpUrl).post('/_emulator/tokens/rotate').send(body);
  const account = { namespace: 'seaworthy', serviceAccount: 'groupz' };
  const file = () => readFileSync(emulator.tokenFile('seaworthy', 'groupz'), 'utf8');
  const accepted = async (assertion: string) => (await exchange(emulator, { client_assertion: assertion })).body;

  it('200 with a new token in it, and the old one stays good', async () => {
    const old = file();
    const { status, body } = await rotate(account);
    expect(status).toBe(200);
    expect(body).toEqual({ rotated: true, revokedOlder: false });
    expect(file()).not.toBe(old);
    expect(await accepted(old)).toHaveProperty('access_token');
  });

  it('200, and the older ones are refused as AADSTS700024 when that is asked for', async () => {
    const [old, other] = [file(), await projectedToken(emulator, { serviceAccount: 'users' })];
    await rotate({ ...account, revokeOlder: true });
    expect(await accepted(old)).toMatchObject({ error: 'invalid_client', error_codes: [700024] });
    expect(await accepted(file())).toHaveProperty('access_token');
    // Another account's token is refused for its subject, not for its age.
    expect(await accepted(other)).toMatchObject({ error_codes: [700213] });
  });

  it('404 for an account that has no file', async () => {
    expect((await rotate({ ...account, serviceAccount: 'other' })).status).toBe(404);
  });
});
