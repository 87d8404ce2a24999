import type { Agent } from 'supertest';
import { describe, expect, it } from 'vitest';
import {
  coreUrn,
  createdUser,
  createScimUser,
  enterpriseUrn,
  listUrn,
  namesOf,
  patchScimUser,
  scimServer,
} from '../scim-server.ts';

// What the provisioning service of Microsoft Entra ID sends, in its documented order and spelling:
// learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
const principal = 'Test_User_ab6490ee-1e48-479e-a20b-2d77186b5dd1';
const draft = {
  schemas: [coreUrn, enterpriseUrn],
  externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  userName: principal,
  active: true,
  emails: [{ primary: true, type: 'work', value: 'Test_User_fd0ea19b@testuser.com' }],
  meta: { resourceType: 'User' },
  name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
  roles: [],
};

describe('Entra provisions a user', () => {
  it('tests the connection by a filter that means nobody: 200, an empty list', async () => {
    const { status, body } = await matching(await scimServer(), 'non-existent user');
    expect(status).toBe(200);
    expect(body).toMatchObject({ schemas: [listUrn], totalResults: 0, Resources: [], startIndex: 1 });
  });

  it('creates the user, and matches it by name afterwards', async () => {
    const api = await scimServer();
    const { status, body } = await createScimUser(api, draft);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      userName: principal,
      externalId: draft.externalId,
      emails: draft.emails,
      active: true,
    });
    expect((await matching(api, principal.toUpperCase())).body.Resources).toEqual([body]);
    expect(await namesOf(api, `externalId eq "${draft.externalId}"`)).toEqual([principal]);
  });

  it('is told of a user that is there already: 409', async () => {
    const api = await scimServer();
    await createdUser(api, draft);
    const { status, body } = await createScimUser(api, draft);
    expect(status).toBe(409);
    expect(body).toMatchObject({ scimType: 'uniqueness' });
  });

  it('changes multi-valued properties', async () => {
    const [api, id] = await provisioned();
    const { status, body } = await patchScimUser(api, id, [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updatedEmail@microsoft.com' },
      { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
    ]);
    expect(status).toBe(200);
    expect(body.emails).toEqual([{ primary: true, type: 'work', value: 'updatedEmail@microsoft.com' }]);
    expect(body.name.familyName).toBe('updatedFamilyName');
  });

  it('replaces what was not there: the item is made', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: principal });
    const { status, body } = await patchScimUser(api, id, [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'first@microsoft.com' },
      { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555' },
      { op: 'Replace', path: 'addresses[type eq "work"].country', value: 'NO' },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      emails: [{ type: 'work', value: 'first@microsoft.com' }],
      phoneNumbers: [{ type: 'mobile', value: '+1 555' }],
      addresses: [{ type: 'work', country: 'NO' }],
    });
  });

  it('replaces all of a list', async () => {
    const [api, id] = await provisioned();
    const emails = [{ type: 'home', value: 'only@microsoft.com' }];
    const { status, body } = await patchScimUser(api, id, [{ op: 'Replace', path: 'emails', value: emails }]);
    expect(status).toBe(200);
    expect(body.emails).toEqual(emails);
  });

  it.for(['replace', 'REPLACE'])('is held to the RFC where it writes %s: 400 noTarget', async (op) => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: principal });
    const operation = { op, path: 'emails[type eq "work"].value', value: 'first@microsoft.com' };
    const { status, body } = await patchScimUser(api, id, [operation]);
    expect(status).toBe(400);
    expect(body).toMatchObject({ scimType: 'noTarget' });
  });

  it('changes single-valued properties', async () => {
    const [api, id] = await provisioned();
    const name = '5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com';
    const { status, body } = await patchScimUser(api, id, [{ op: 'Replace', path: 'userName', value: name }]);
    expect(status).toBe(200);
    expect(body.userName).toBe(name);
  });

  it('adds what was not there, item by item and attribute by attribute', async () => {
    const [api, id] = await provisioned();
    const { status, body } = await patchScimUser(api, id, [
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555' },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'NO' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Oslo' },
      { op: 'Add', path: `${enterpriseUrn}:department`, value: 'Sales' },
      {
        op: 'Add',
        value: { 'name.givenName': 'Updated', preferredLanguage: 'nb', [`${enterpriseUrn}:employeeNumber`]: '7' },
      },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      phoneNumbers: [{ type: 'mobile', value: '+1 555' }],
      addresses: [{ type: 'work', country: 'NO', locality: 'Oslo' }],
      preferredLanguage: 'nb',
      name: { givenName: 'Updated', familyName: 'familyName' },
      [enterpriseUrn]: { department: 'Sales', employeeNumber: '7' },
    });
  });

  it('sets the manager, and removes it again', async () => {
    const [api, id] = await provisioned();
    const path = `${enterpriseUrn}:manager`;
    const set = await patchScimUser(api, id, [{ op: 'Add', path, value: 'manager-id' }]);
    expect(set.body[enterpriseUrn]).toEqual({ manager: { value: 'manager-id' } });
    const removed = await patchScimUser(api, id, [{ op: 'Remove', path }]);
    expect(removed.status).toBe(200);
    expect(removed.body).not.toHaveProperty([enterpriseUrn]);
  });

  it.for([false, 'False'])('suspends the user by %j, who stays in the list, and lets him back in', async (value) => {
    const [api, id] = await provisioned();
    const { status, body } = await patchScimUser(api, id, [{ op: 'Replace', path: 'active', value }]);
    expect(status).toBe(200);
    expect(body.active).toBe(false);
    expect((await matching(api, principal)).body.Resources).toMatchObject([{ id, active: false }]);
    expect((await api.get(`/users/${id}`)).body.status).toBe('suspended');
    await patchScimUser(api, id, [{ op: 'Replace', path: 'active', value: 'True' }]);
    expect((await api.get(`/users/${id}`)).body.status).toBe('active');
  });

  it('deletes the user, who is not matched afterwards', async () => {
    const [api, id] = await provisioned();
    expect((await api.delete(`/scim/v2/Users/${id}`)).status).toBe(204);
    expect((await matching(api, principal)).body.totalResults).toBe(0);
  });
});

function matching(api: Agent, userName: string) {
  return api.get('/scim/v2/Users').query({ filter: `userName eq "${userName}"` });
}

async function provisioned(): Promise<[api: Agent, id: string]> {
  const api = await scimServer();
  return [api, (await createdUser(api, draft)).id];
}
