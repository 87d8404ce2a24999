import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../../../src/memory/memory-users.ts';
import { ada, created } from '../../users-server.ts';
import { coreUrn, createdUser, createScimUser, enterpriseUrn, errorUrn, scimServer } from '../scim-server.ts';

describe('POST /scim/v2/Users', () => {
  it('201 with the resource, its URI and its entity tag', async () => {
    const api = await scimServer({ now: () => new Date('2026-11-23T10:00:00.000Z') });
    const { status, body, headers } = await createScimUser(api, { userName: 'bjensen', externalId: 'e-1' });
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'content-type': expect.stringMatching(/^application\/scim\+json/), etag: '"1"' });
    expect(headers['location']).toBe(body.meta.location);
    expect(body).toMatchObject({ schemas: [coreUrn], userName: 'bjensen', externalId: 'e-1', active: true });
    expect(body.meta).toEqual({
      resourceType: 'User',
      created: '2026-11-23T10:00:00.000Z',
      lastModified: '2026-11-23T10:00:00.000Z',
      location: expect.stringMatching(new RegExp(`^http://.+/scim/v2/Users/${body.id}$`)),
      version: '"1"',
    });
  });

  it('201 with names of attributes in any case, null and empty lists as nothing', async () => {
    const body = await createdUser(await scimServer(), {
      USERNAME: 'bjensen',
      Name: { FAMILYNAME: 'Jensen', givenName: null },
      emails: [],
    });
    expect(body).toMatchObject({ userName: 'bjensen', name: { familyName: 'Jensen' } });
    expect(body).not.toHaveProperty('emails');
    expect(body.name).not.toHaveProperty('givenName');
  });

  it('201 without what is read-only or unknown', async () => {
    const body = await createdUser(await scimServer(), {
      userName: 'bjensen',
      id: 'mine',
      meta: { version: '"9"' },
      groups: [{ value: 'g' }],
      password: 'secret',
      shoeSize: 42,
      'urn:example:unknown': { a: 1 },
    });
    expect(Object.keys(body).toSorted()).toEqual(['active', 'displayName', 'id', 'meta', 'schemas', 'userName']);
    expect(body.id).not.toBe('mine');
    expect(body.meta.version).toBe('"1"');
  });

  it('201 with both schemas where the organization says something', async () => {
    const body = await createdUser(await scimServer(), { userName: 'b', [enterpriseUrn]: { department: 'Tours' } });
    expect(body.schemas).toEqual([coreUrn, enterpriseUrn]);
    expect(body[enterpriseUrn]).toEqual({ department: 'Tours' });
  });

  it.for([
    ['what is given', { displayName: 'Babs', name: { formatted: 'Ms. B' } }, 'Babs'],
    ['the formatted name', { name: { formatted: 'Ms.\nB', givenName: 'Barbara' } }, 'Ms. B'],
    ['the parts of the name', { name: { givenName: 'Barbara', familyName: 'Jensen' } }, 'Barbara Jensen'],
    ['the user name', {}, 'bjensen'],
    ['not what is blank', { displayName: '  ' }, 'bjensen'],
  ] as const)('201 with the displayName that is %s', async ([, attributes, displayName]) => {
    const body = await createdUser(await scimServer(), { userName: 'bjensen', ...attributes });
    expect(body.displayName).toBe(displayName);
  });

  it('201 keeping the case in which names and addresses were written', async () => {
    const emails = [{ value: 'BJensen@Example.com', type: 'work', primary: true }];
    const body = await createdUser(await scimServer(), { userName: 'BJensen@Example.com', emails });
    expect(body).toMatchObject({ userName: 'BJensen@Example.com', emails });
  });

  it('201 for a user that REST shows, too', async () => {
    const api = await scimServer();
    const emails = [
      { value: 'home@example.com', type: 'home' },
      { value: 'Work@example.com', type: 'Work' },
    ];
    const { id } = await createdUser(api, { userName: 'bjensen', active: false, emails });
    const { status, body } = await api.get(`/users/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ email: 'work@example.com', userName: 'bjensen', status: 'suspended' });
  });

  it.for([
    ['the user name in another case', { userName: 'BJENSEN' }],
    ['the address', { userName: 'other', emails: [{ value: 'B@example.com' }] }],
  ] as const)('409 uniqueness for %s of somebody else', async ([, attributes]) => {
    const api = await scimServer();
    await createdUser(api, { userName: 'bjensen', emails: [{ value: 'b@example.com' }] });
    const { status, body } = await createScimUser(api, attributes);
    expect(status).toBe(409);
    expect(body).toMatchObject({ schemas: [errorUrn], status: '409', scimType: 'uniqueness' });
  });

  it('409 uniqueness for the address of a user that REST has taken in', async () => {
    const api = await scimServer();
    await created(api);
    const { status, body } = await createScimUser(api, { userName: ada.email });
    expect(status).toBe(409);
    expect(body).toMatchObject({ scimType: 'uniqueness' });
  });

  it.for([
    ['no user name', {}, 'invalidValue'],
    ['a blank user name', { userName: ' ' }, 'invalidValue'],
    ['a user name of two lines', { userName: 'a\nb' }, 'invalidValue'],
    ['a number for a text', { userName: 7 }, 'invalidValue'],
    ['a text for a boolean', { userName: 'b', active: 'yes' }, 'invalidValue'],
    ['a text for an object', { userName: 'b', name: 'Barbara' }, 'invalidValue'],
    ['an object for a list', { userName: 'b', emails: { value: 'a@example.com' } }, 'invalidValue'],
    ['texts for a list of objects', { userName: 'b', emails: ['a@example.com'] }, 'invalidValue'],
    [
      'two primary values',
      { userName: 'b', phoneNumbers: [1, 2].map((n) => ({ value: `${n}`, primary: true })) },
      'invalidValue',
    ],
    ['an address that is none', { userName: 'b', emails: [{ value: 'nobody' }] }, 'invalidValue'],
    ['an address without its value', { userName: 'b', emails: [{ type: 'work' }] }, 'invalidValue'],
    ['NUL', { userName: 'b', title: 'a\0b' }, 'invalidValue'],
    ['half a surrogate pair', { userName: 'b', title: '\ud800' }, 'invalidValue'],
    ['a text that is too long', { userName: 'b', title: 'x'.repeat(1025) }, 'invalidValue'],
    [
      'a list that is too long',
      { userName: 'b', roles: Array.from({ length: 51 }, (_, i) => ({ value: `${i}` })) },
      'invalidValue',
    ],
    [
      'more than 16 KB',
      { userName: 'b', roles: Array.from({ length: 20 }, () => ({ value: 'x'.repeat(1000) })) },
      'invalidValue',
    ],
    ['one attribute twice', { userName: 'b', USERNAME: 'c' }, 'invalidSyntax'],
    ['another schema', { schemas: ['urn:example'], userName: 'b' }, 'invalidSyntax'],
  ] as const)('400 for %s', async ([, attributes, scimType]) => {
    const { status, body } = await createScimUser(await scimServer(), attributes);
    expect(status).toBe(400);
    expect(body).toEqual({ schemas: [errorUrn], status: '400', scimType, detail: expect.any(String) });
  });

  it.for(['[]', '"x"', 'null', '7'])('400 invalidSyntax for %s as a body', async (text) => {
    const { status, body } = await (await scimServer()).post('/scim/v2/Users').type('application/json').send(text);
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
  });

  it('takes nobody in when it refuses', async () => {
    const users = memoryUsers();
    await createScimUser(await scimServer({ users }), { userName: 'b', title: 7 });
    expect(await users.count({})).toBe(0);
  });
});
