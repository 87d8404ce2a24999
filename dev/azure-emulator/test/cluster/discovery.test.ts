import { createLocalJWKSet, jwtVerify } from 'jose';
import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { projectedToken } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const get = (url: string) => request('').get(url).ca(emulator.ca);

it('200 with the issuer to the letter, and its keys verify a projected token', async () => {
  const issuer = `${emulator.httpsUrl}/cluster/`;
  const { status, body } = await get(`${issuer}.well-known/openid-configuration`);
  expect(status).toBe(200);
  expect(body.issuer).toBe(issuer);
  const keys = createLocalJWKSet((await get(body.jwks_uri)).body);
  const { payload } = await jwtVerify(await projectedToken(emulator), keys, { issuer });
  expect(payload.sub).toBe('system:serviceaccount:seaworthy:groupz');
});
