import { describe, expect, test } from 'vitest';
import {
  core,
  enterprise,
  expectScimFault,
  patchOp,
  provisioned,
  type ScimFault,
  type ScimUser,
  scim,
} from './scim-api.ts';
import { type At, mark, send, unknownPath } from './users-api.ts';

/** `PATCH /scim/v2/Users/{id}` (RFC 7644, section 3.5.2), and how Entra ID words it */
export function scimPatchContract(at: At): void {
  const patch = (path: string, operations: unknown[], headers = {}) =>
    scim<ScimFault>(at, path, { method: 'PATCH', json: patchOp(...operations), headers });
  const patched = async (operations: unknown[], changes = {}): Promise<ScimUser> => {
    const { user, path } = await provisioned(at, changes);
    const { status, text } = await patch(path, operations);
    expect([200, 204], text).toContain(status);
    const { body } = await scim(at, path);
    expect(body.meta.version).not.toBe(user.meta.version);
    return body;
  };
  const work = (value: string) => ({ value, type: 'work', primary: true });

  describe('SCIM PATCH', () => {
    test('add, replace and remove by path', async () => {
      const body = await patched(
        [
          { op: 'add', path: 'externalId', value: 'x-1' },
          { op: 'replace', path: 'displayName', value: "Miles O'Brien" },
          { op: 'replace', path: 'name.familyName', value: "O'Brien" },
          { op: 'remove', path: 'name.givenName' },
        ],
        {},
      );
      expect(body).toMatchObject({ externalId: 'x-1', displayName: "Miles O'Brien", name: { familyName: "O'Brien" } });
      expect(body.name).not.toHaveProperty('givenName');
    });

    test('add and replace without a path take an object', async () => {
      const body = await patched([
        { op: 'add', value: { externalId: 'x-2', name: { middleName: 'Jane' } } },
        { op: 'replace', value: { displayName: 'Babs', active: false } },
      ]);
      expect(body).toMatchObject({
        externalId: 'x-2',
        displayName: 'Babs',
        active: false,
        name: { middleName: 'Jane' },
      });
    });

    test('a path may name the schema', async () => {
      const body = await patched([{ op: 'replace', path: `${core}:displayName`, value: 'Babs' }]);
      expect(body.displayName).toBe('Babs');
    });

    test('a value is chosen by a filter in its path', async () => {
      const [one, two] = [`${mark()}@example.com`, `${mark()}@example.com`];
      const emails = [work(one), { value: two, type: 'home' }];
      const changed = `${mark()}@example.com`;
      const body = await patched([{ op: 'replace', path: 'emails[type eq "work"].value', value: changed }], { emails });
      expect(body.emails).toEqual(expect.arrayContaining([expect.objectContaining({ value: changed, type: 'work' })]));
      expect(body.emails).toEqual(expect.arrayContaining([expect.objectContaining({ value: two })]));
      const less = await patched([{ op: 'remove', path: 'emails[type eq "home"]' }], {
        emails: [work(`${mark()}@example.com`), { value: `${mark()}@example.com`, type: 'home' }],
      });
      expect(less.emails?.map(({ type }) => type)).toEqual(['work']);
    });

    test('the userName may change, and must be free', async () => {
      const userName = mark();
      expect((await patched([{ op: 'replace', path: 'userName', value: userName }])).userName).toBe(userName);
      const { path } = await provisioned(at);
      const answer = await patch(path, [{ op: 'replace', path: 'userName', value: userName.toUpperCase() }]);
      expectScimFault(answer, 409, 'uniqueness');
    });
  });

  describe('SCIM PATCH as Entra ID words it', () => {
    test.each([
      ['False', false],
      ['True', true],
      [false, false],
    ])('op in capitals, active as %j', async (value, active) => {
      const body = await patched([{ op: 'Replace', path: 'active', value }], { active: !active });
      expect(body.active).toBe(active);
    });

    test('a person that is disabled is suspended', async () => {
      const { id } = await patched([{ op: 'Replace', path: 'active', value: 'False' }]);
      expect(await send(at, `/users/${id}`)).toMatchObject({ body: { status: 'suspended' } });
    });

    test('keys with dots, filters and schemas, without a path', async () => {
      const email = `${mark()}@example.com`;
      const body = await patched([
        {
          op: 'Replace',
          value: {
            displayName: 'Babs',
            'name.givenName': 'Babs',
            'emails[type eq "work"].value': email,
            [`${enterprise}:department`]: 'Tours',
          },
        },
      ]);
      expect(body).toMatchObject({ displayName: 'Babs', name: { givenName: 'Babs', familyName: 'Jensen' } });
      expect(body.emails?.map(({ value }) => value)).toContain(email);
      expect(body).toHaveProperty([enterprise, 'department'], 'Tours');
    });

    test('Add with a filter in its path makes the value that is not there', async () => {
      const value = `${mark()}@example.com`;
      const body = await patched([{ op: 'Add', path: 'emails[type eq "work"].value', value }], { emails: undefined });
      expect(body.emails).toMatchObject([{ type: 'work', value }]);
    });
  });

  describe('SCIM PATCH by a filter that chooses nothing', () => {
    const path = 'phoneNumbers[type eq "mobile"].value';

    test('Replace, as Entra writes it, makes the value', async () => {
      const body = await patched([{ op: 'Replace', path, value: '+1 555' }]);
      expect(body).toHaveProperty('phoneNumbers', [{ type: 'mobile', value: '+1 555' }]);
    });

    test('400 noTarget for replace, as the RFC writes it (section 3.5.2.3)', async () => {
      const { path: user } = await provisioned(at);
      expectScimFault(await patch(user, [{ op: 'replace', path, value: '+1 555' }]), 400, 'noTarget');
    });
  });

  describe('SCIM PATCH refuses', () => {
    test.each([
      ['noTarget', { op: 'remove' }],
      ['invalidPath', { op: 'replace', path: 'emails[', value: 'x' }],
      ['invalidValue', { op: 'replace', path: 'active', value: 'perhaps' }],
      ['mutability', { op: 'replace', path: 'id', value: 'x' }],
      ['invalidValue', { op: 'remove', path: 'userName' }],
      ['invalidSyntax', { op: 'move', path: 'displayName', value: 'x' }],
    ])('400 %s for %j, with nothing of the patch done', async (scimType, operation) => {
      const { user, path } = await provisioned(at);
      const answer = await patch(path, [{ op: 'replace', path: 'displayName', value: 'Never' }, operation]);
      expectScimFault(answer, 400);
      const accepted = scimType === 'invalidValue' ? ['invalidValue', 'mutability'] : [scimType];
      const synonyms = scimType === 'invalidSyntax' ? ['invalidSyntax', 'invalidValue'] : accepted;
      expect(synonyms).toContain(answer.body.scimType);
      expect((await scim(at, path)).body).toEqual(user);
    });

    test('400 without Operations or the schema of a patch', async () => {
      const { path } = await provisioned(at);
      for (const json of [{}, { Operations: [{ op: 'remove', path: 'name' }] }, patchOp()]) {
        const answer = await scim<ScimFault>(at, path, { method: 'PATCH', json });
        expectScimFault(answer, 400);
      }
    });

    test('412 where If-Match names another version, 404 for an unknown user', async () => {
      const { user, path } = await provisioned(at);
      const operations = [{ op: 'replace', path: 'displayName', value: 'X' }];
      expectScimFault(await patch(path, operations, { 'if-match': '"77"' }), 412);
      expectScimFault(await patch(unknownPath().replace('users', 'Users'), operations), 404);
      expect((await scim(at, path)).body).toEqual(user);
    });
  });

  test('SCIM: 30 patches at once without If-Match: none is lost', async () => {
    const { path } = await provisioned(at);
    const emails = Array.from({ length: 30 }, () => `${mark()}@example.com`);
    const answers = await Promise.all(
      emails.map((value) => patch(path, [{ op: 'add', path: 'emails', value: [{ value, type: 'other' }] }])),
    );
    for (const { status, text } of answers) expect([200, 204], text).toContain(status);
    const { body } = await scim(at, path);
    expect(body.emails?.map(({ value }) => value)).toEqual(expect.arrayContaining(emails));
  });
}
