import { decodeProtectedHeader } from 'jose';
import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armGet, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const rotate = (body?: object) => request(emulator.httpUrl).post('/_emulator/keys/rotate').send(body);
const statusWith = async (token: string) =>
  (await armGet(emulator, '/subscriptions?api-version=2022-12-01', token)).status;

async function publishedKeys(): Promise<string[]> {
  const { body } = await request(emulator.httpsUrl).get(`/${tenantId}/discovery/v2.0/keys`).ca(emulator.ca);
  return body.keys.map(({ kid }: { kid: string }) => kid);
}

it('200 with a new key that signs from then on, beside the old one, whose tokens stay good', async () => {
  const [older, before] = [await accessToken(emulator), await publishedKeys()];
  const { status, body } = await rotate();
  expect(status).toBe(200);
  expect(body.published).toEqual([body.kid, ...before]);
  expect(await publishedKeys()).toEqual(body.published);
  const newer = await accessToken(emulator);
  expect(decodeProtectedHeader(newer).kid).toBe(body.kid);
  expect([await statusWith(older), await statusWith(newer)]).toEqual([200, 200]);
});

it('200 with the new key alone when the old ones are to be dropped, and their tokens are refused', async () => {
  const older = await accessToken(emulator);
  const { body } = await rotate({ dropOld: true });
  expect(body.published).toEqual([body.kid]);
  expect(await publishedKeys()).toEqual([body.kid]);
  expect([await statusWith(older), await statusWith(await accessToken(emulator))]).toEqual([401, 200]);
});

it('400 for what is no wish', async () => {
  const { status, body } = await rotate({ drop: true });
  expect(status).toBe(400);
  expect(body.error.message).toMatch(/\/drop/);
});
