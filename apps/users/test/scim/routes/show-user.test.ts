import { describe, expect, it } from 'vitest';
import { ada, created, unknownId } from '../../users-server.ts';
import { coreUrn, createdUser, enterpriseUrn, errorUrn, scimServer } from '../scim-server.ts';

describe('GET /scim/v2/Users/{id}', () => {
  it('200 with what the creation has answered', async () => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'bjensen', name: { givenName: 'Barbara' }, locale: 'en-US' });
    const { status, body, headers } = await api.get(`/scim/v2/Users/${user.id}`);
    expect(status).toBe(200);
    expect(body).toEqual(user);
    expect(headers['etag']).toBe(body.meta.version);
  });

  it('200 for a user that REST has taken in', async () => {
    const api = await scimServer();
    const { id } = await created(api, { ...ada, externalId: 'hr-7', attributes: { team: 'engines' } });
    const { status, body } = await api.get(`/scim/v2/Users/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      schemas: [coreUrn],
      id,
      externalId: 'hr-7',
      userName: ada.email,
      displayName: ada.displayName,
      active: true,
      emails: [{ value: ada.email, type: 'work', primary: true }],
      meta: expect.objectContaining({ version: '"1"' }),
    });
  });

  it('200 with the address that REST has set since', async () => {
    const api = await scimServer();
    const emails = [
      { value: 'B@example.com', type: 'home' },
      { value: 'x@example.com', type: 'other' },
    ];
    const { id } = await createdUser(api, { userName: 'BJensen', emails });
    await api.patch(`/users/${id}`).set('if-match', '*').send({ email: 'new@example.com' }).expect(200);
    const { body } = await api.get(`/scim/v2/Users/${id}`);
    expect(body.userName).toBe('BJensen');
    expect(body.emails).toEqual([{ value: 'new@example.com', type: 'home' }, emails[1]]);
  });

  it.for([
    ['attributes=userName', ['id', 'schemas', 'userName']],
    ['attributes=USERNAME,name.givenName', ['id', 'name', 'schemas', 'userName']],
    [`attributes=${coreUrn}:userName`, ['id', 'schemas', 'userName']],
    [`attributes=${enterpriseUrn}`, ['id', 'schemas', enterpriseUrn]],
    [`attributes=${enterpriseUrn}:manager.value`, ['id', 'schemas', enterpriseUrn]],
    ['attributes=nothing', ['id', 'schemas']],
    ['excludedAttributes=id,schemas,meta,name,emails,active,displayName', ['id', 'schemas', enterpriseUrn, 'userName']],
  ] as const)('200 for %s with those', async ([query, names]) => {
    const api = await scimServer();
    const { id } = await createdUser(api, full);
    const { status, body } = await api.get(`/scim/v2/Users/${id}?${query}`);
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual([...names].toSorted());
  });

  it('200 with single sub-attributes, or without them', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, full);
    const some = await api.get(`/scim/v2/Users/${id}?attributes=emails.value,name.givenName`);
    expect(some.body).toMatchObject({ emails: [{ value: 'b@example.com' }], name: { givenName: 'Barbara' } });
    expect(some.body.emails[0]).not.toHaveProperty('type');
    const others = await api.get(`/scim/v2/Users/${id}?excludedAttributes=emails.value,name.givenName`);
    expect(others.body).toMatchObject({ emails: [{ type: 'work' }], name: { familyName: 'Jensen' } });
    expect(others.body.emails[0]).not.toHaveProperty('value');
  });

  it('400 for attributes and excludedAttributes', async () => {
    const { status, body } = await (await scimServer()).get(
      `/scim/v2/Users/${unknownId}?attributes=id&excludedAttributes=name`,
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({ scimType: 'invalidValue' });
  });

  it.for(['"1"', 'W/"1"', '*', '"7", "1"'])('304 for If-None-Match %s', async (tags) => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, text, headers } = await api.get(`/scim/v2/Users/${id}`).set('if-none-match', tags);
    expect(status).toBe(304);
    expect(text).toBe('');
    expect(headers['etag']).toBe('"1"');
  });

  it.for([unknownId, 'bjensen', '%00', '..%2F', 'a'.repeat(200)])('404 for %s', async (id) => {
    const { status, body } = await (await scimServer()).get(`/scim/v2/Users/${id}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ schemas: [errorUrn], status: '404' });
  });
});

const full = {
  userName: 'bjensen',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [{ value: 'b@example.com', type: 'work' }],
  [enterpriseUrn]: { department: 'Tours', manager: { value: 'm' } },
};
