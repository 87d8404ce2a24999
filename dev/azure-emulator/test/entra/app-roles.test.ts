import { decodeJwt } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, clientIds, USERS_API } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());

describe('a token for an API', () => {
  it('200 with the roles that were assigned, the client id of the API as audience, and the issuer of version 2.0', async () => {
    const claims = decodeJwt(await accessToken(emulator, { name: 'directory', scope: `${USERS_API}/.default` }));
    expect(claims).toMatchObject({ aud: clientIds['users-api'], azp: clientIds.directory, ver: '2.0' });
    expect(claims.iss).toMatch(/\/v2\.0$/);
    expect(claims['roles']).toEqual(['Users.Provision']);
  });

  it('200 without the claim for an application that has no role', async () => {
    const claims = decodeJwt(await accessToken(emulator, { scope: `${USERS_API}/.default` }));
    expect(claims.aud).toBe(clientIds['users-api']);
    expect(claims).not.toHaveProperty('roles');
  });

  it.for([clientIds['users-api'], `${USERS_API}/`, USERS_API.toUpperCase()])(
    '200 for the API as %s',
    async (resource) => {
      const claims = decodeJwt(await accessToken(emulator, { name: 'developer', scope: `${resource}/.default` }));
      expect(claims).toMatchObject({
        aud: clientIds['users-api'],
        roles: ['Users.Read', 'Users.ReadWrite', 'Channels.ReadWrite'],
      });
    },
  );
});

it('a token for another resource carries no roles', async () => {
  expect(decodeJwt(await accessToken(emulator, { name: 'developer' }))).not.toHaveProperty('roles');
});
