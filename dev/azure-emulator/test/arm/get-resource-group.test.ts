import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armClient, armGet, GROUPS_VERSION, production } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const client = armClient(emulator);

it('200 in the casing of the creation, whatever the request uses', async () => {
  const group = await client.resourceGroups.get('RG-FRONTDOOR');
  expect(group.name).toBe('Rg-FrontDoor');
});

it('200 for a name with brackets and a full stop in the path', async () => {
  const group = await client.resourceGroups.get('rg-backup_vaults(weekly)');
  expect(group.location).toBe('northeurope');
});

it('404 ResourceGroupNotFound', async () => {
  await expect(client.resourceGroups.get('rg-absent')).rejects.toMatchObject({
    statusCode: 404,
    code: 'ResourceGroupNotFound',
  });
});

it('404 for what is not emulated', async () => {
  const path = `/subscriptions/${production}/resourcegroups/rg-data-prod/resources?api-version=${GROUPS_VERSION}`;
  const { status, body } = await armGet(emulator, path, await accessToken(emulator));
  expect(status).toBe(404);
  expect(body.error.code).toBe('NotFound');
});
