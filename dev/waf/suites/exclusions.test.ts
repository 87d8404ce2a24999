import { found, provisioned, scim } from '@seaworthy/acceptance/users/scim-api';
import { draft, mark, newUser, send, type UserBody } from '@seaworthy/acceptance/users/users-api';
import { describe, expect, inject, test } from 'vitest';

const at = () => ({ baseUrl: inject('addresses').firewall });
const script = '<script>alert(1)</script>';

describe('passes', () => {
  test.for([
    "Conan O'Brien",
    "D'Arcy & Sons",
    "Gerard 't Hooft",
    "N'Golo Kanté",
    'Dwayne "The Rock" Johnson',
    'Jean-Luc O’Neil (Mac)',
    'José Núñez',
    '小林 宏美',
    'Владимир',
    'نور الدين',
    'Ünïcode 👩🏽‍💻',
    'Select Committee',
    'Robert Drop',
    'env:prod',
    'tag=env:prod',
    'CN=Grace,OU=Eng,DC=example,DC=com',
    'https://example.com/x?y=1',
    '50% off',
    'a < b > c',
  ])('%s as a name and as an attribute', async (text) => {
    const json = draft({ displayName: text, attributes: { tag: text } });
    const { status, body } = await send<UserBody>(at, '/users', { method: 'POST', json });
    expect({ status, body }).toMatchObject({ status: 201, body: json });
    expect((await send(at, `/users?${new URLSearchParams({ q: text })}`)).status).toBe(200);
  });

  test('an address with an apostrophe, by REST and in a filter', async () => {
    const userName = `o'brien.${mark()}@example.com`;
    const { user } = await provisioned(at, { userName });
    expect(await found(at, `userName eq "${userName}"`)).toEqual([user.id]);
    expect((await send(at, `/users?${new URLSearchParams({ email: userName })}`)).status).toBe(200);
  });

  test.for(['32--nci8dWLgcGJb7MIVrjaBFfC0jYtM', '4--OWryKhELnJiOM2EKgbaaWjQ393AeO'])(
    'the token %s, to the program',
    async (token) => {
      const json = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], cursor: token };
      expect((await send(at, `/users?pageToken=${token}`)).status).toBe(400);
      expect((await scim(at, `/Users?cursor=${token}`)).status).toBe(400);
      expect((await scim(at, '/Users/.search', { method: 'POST', json })).status).toBe(400);
    },
  );

  test.for(['JRwAjrjvXzYHsaG2z88Onw==', '7N4n3qisTXDbxBj3OnsLHQ==', 'gGtUuNDpodpK9+oNQ3BD7w=='])(
    'the externalId %s',
    async (externalId) => {
      const { user } = await newUser(at, { externalId });
      const { status } = await send(at, `/users?${new URLSearchParams({ externalId })}`);
      expect(status).toBe(200);
      expect(await found(at, `externalId eq "${externalId}"`)).toContain(user.id);
      await provisioned(at, { externalId });
    },
  );

  test('a person named as a word of SQL, where a directory looks for one', async () => {
    for (const name of ['having.ann', 'union.table', 'select.user']) {
      expect(await found(at, `userName eq "${name}@${mark()}.example"`)).toEqual([]);
    }
  });
});

describe('an exclusion is for one parameter of one path, once, and for values of a harmless alphabet', () => {
  test.for([
    `/users?pageToken=abc&pageToken=${encodeURIComponent(script)}`,
    `/users?externalId=abc&externalId=${encodeURIComponent(script)}`,
    `/scim/v2/Users?cursor=abc&cursor=${encodeURIComponent(script)}`,
    `/scim/v2/Users?filter=${encodeURIComponent('id eq "a"')}&filter=${encodeURIComponent(script)}`,
    `/scim/v2/Users?filter=${encodeURIComponent(`userName eq "${script}"`)}`,
    `/scim/v2/Users?filter=${encodeURIComponent(`id eq "a" or userName eq "' OR '1'='1"`)}`,
    '/groupz?pageToken=32--nci8dWLgcGJb7MIVrjaBFfC0jYtM',
    '/users?q=32--nci8dWLgcGJb7MIVrjaBFfC0jYtM',
  ])('403 for %s', async (path) => {
    expect((await send(at, path)).status).toBe(403);
  });

  test('403 for a body with the name twice', async () => {
    const text = `{"externalId":"abc","externalId":${JSON.stringify(script)}}`;
    expect((await send(at, '/users', { method: 'POST', text })).status).toBe(403);
  });
});

test('403 for a verb and for a media type that the API does not have', async () => {
  expect((await send(at, '/users', { method: 'PROPFIND' })).status).toBe(403);
  expect((await send(at, '/users', { method: 'POST', text: 'x', type: 'text/plain' })).status).toBe(403);
});
