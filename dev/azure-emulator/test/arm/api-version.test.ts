import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armGet, production } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const token = await accessToken(emulator);

it.for([
  ['MissingApiVersionParameter', ''],
  ['MissingApiVersionParameter', '?api-version='],
  ['InvalidApiVersionParameter', '?api-version=2099-01-01'],
  ['InvalidApiVersionParameter', '?api-version=latest'],
])('400 %s for "%s"', async ([code, query]) => {
  const { status, body } = await armGet(emulator, `/subscriptions/${production}/resourcegroups${query}`, token);
  expect(status).toBe(400);
  expect(body.error.code).toBe(code);
});
