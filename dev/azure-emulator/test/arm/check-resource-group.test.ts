import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { armClient } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const client = armClient(emulator);

it('204 for a group that is there', async () => {
  expect(await client.resourceGroups.checkExistence('RG-identity')).toMatchObject({ body: true });
});

it('404 for one that is not', async () => {
  expect(await client.resourceGroups.checkExistence('rg-absent')).toMatchObject({ body: false });
});
