import { decodeJwt } from 'jose';
import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { SEED_FILE, startEmulator } from '../../src/emulator.ts';
import { readSeed } from '../../src/seed.ts';
import { clientIds, USERS_API } from '../calls.ts';

const seed = readSeed(SEED_FILE);
const groupz = seed.applications.find(({ name }) => name === 'groupz');
Object.assign(groupz ?? {}, { appRoleAssignments: [{ api: 'users-api', roles: ['Users.Read'] }] });
const emulator = await startEmulator({ seed });
afterAll(() => emulator.close());

const ask = (client_id: string) =>
  request(emulator.httpUrl)
    .get('/metadata/identity/oauth2/token')
    .query({ 'api-version': '2018-02-01', resource: USERS_API, client_id })
    .set('Metadata', 'true');

it("200 with the managed identity's roles and the issuer that the emulator names", async () => {
  const { status, body } = await ask(clientIds.groupz);
  expect(status).toBe(200);
  expect(body.resource).toBe(USERS_API);
  const claims = decodeJwt(body.access_token);
  expect(claims).toMatchObject({ aud: clientIds['users-api'], iss: emulator.issuer, roles: ['Users.Read'] });
});

it('200 without roles for an identity that has none', async () => {
  const { status, body } = await ask(clientIds.users);
  expect(status).toBe(200);
  expect(decodeJwt(body.access_token)).not.toHaveProperty('roles');
});
