import { describe, expect, test } from 'vitest';
import { core, expectScimFault, provisioned, type ScimFault, scim, scimDraft } from './scim-api.ts';
import { type At, expectProblemOrStopped, mark, type ProblemBody, send, unknownPath } from './users-api.ts';

/** `/scim/v2/Users`, one user at a time (RFC 7644, sections 3.3 to 3.6) */
export function scimUsersContract(at: At): void {
  describe('SCIM POST /Users', () => {
    test.each(['application/scim+json', 'application/json'])(
      '201 with the user, Location and meta, for %s',
      async (type) => {
        const json = scimDraft({ externalId: mark() });
        const { status, body, headers } = await scim(at, '/Users', { method: 'POST', json, type });
        expect(status).toBe(201);
        expect(headers.get('content-type')).toMatch(/^application\/scim\+json\b/);
        const { schemas, ...said } = json;
        expect(body).toMatchObject(said);
        expect(body.schemas).toContain(core);
        expect(headers.get('location')).toBe(body.meta.location);
        expect(new URL(body.meta.location, at().baseUrl).pathname).toBe(`/scim/v2/Users/${body.id}`);
        expect(headers.get('etag')).toBe(body.meta.version);
        expect(body.meta).toMatchObject({
          resourceType: 'User',
          created: expect.any(String),
          version: expect.stringMatching(/^"/),
        });
      },
    );

    test('a userName need not be an e-mail address', async () => {
      const userName = mark();
      const { user } = await provisioned(at, { userName });
      expect(user.userName).toBe(userName);
    });

    test('409 uniqueness for a userName that another user has, in any case', async () => {
      const { user } = await provisioned(at);
      const json = scimDraft({ userName: user.userName.toUpperCase() });
      expectScimFault(await scim<ScimFault>(at, '/Users', { method: 'POST', json }), 409, 'uniqueness');
    });

    test.each([
      ['without userName', { userName: undefined }],
      ['an empty userName', { userName: '' }],
      ['a userName of another type', { userName: 7 }],
      ['an active that is none', { active: 'perhaps' }],
    ])('400 invalidValue: %s', async (_, changes) => {
      const answer = await scim<ScimFault>(at, '/Users', { method: 'POST', json: scimDraft(changes) });
      expectScimFault(answer, 400, 'invalidValue');
    });

    test('400 invalidSyntax for what is no JSON', async () => {
      const answer = await scim<ScimFault>(at, '/Users', { method: 'POST', text: '{' });
      if (at().firewall) expect([400, 403]).toContain(answer.status);
      else expectScimFault(answer, 400, 'invalidSyntax');
    });

    test('415 for another media type', async () => {
      const answer = await scim<ScimFault & ProblemBody>(at, '/Users', {
        method: 'POST',
        text: 'x',
        type: 'text/plain',
      });
      if (at().firewall) expectProblemOrStopped(at, answer, 415);
      else expectScimFault(answer, 415);
    });
  });

  describe('SCIM GET /Users/{id}', () => {
    test('200 with what was said', async () => {
      const { user, path, etag } = await provisioned(at);
      const { status, body, headers } = await scim(at, path);
      expect(status).toBe(200);
      expect(body).toEqual(user);
      expect(headers.get('etag')).toBe(etag);
    });

    test('304 for the ETag that one has', async () => {
      const { path, etag } = await provisioned(at);
      for (const tag of [etag, `W/${etag}`, '*']) {
        expect(await scim(at, path, { headers: { 'if-none-match': tag } })).toMatchObject({ status: 304, text: '' });
      }
    });

    test('200 as application/json, to who takes that only', async () => {
      const { user, path } = await provisioned(at);
      const { status, body, headers } = await scim(at, path, { headers: { accept: 'application/json' } });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^application\/json\b/);
      expect(body).toEqual(user);
    });

    test('404 as a SCIM error for an unknown user, and for what cannot be an id', async () => {
      for (const path of [unknownPath().replace('users', 'Users'), '/Users/2819c223', '/Users/x%20y']) {
        expectScimFault(await scim<ScimFault>(at, path), 404);
      }
    });

    test('attributes and excludedAttributes choose what is told; id and schemas always are', async () => {
      const { user, path } = await provisioned(at);
      const { body } = await scim(at, `${path}?attributes=userName,name.familyName`);
      expect(body).toMatchObject({ id: user.id, userName: user.userName, name: { familyName: 'Jensen' } });
      expect(Object.keys(body)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(emails|displayName|active)$/)]),
      );
      expect(body.name).not.toHaveProperty('givenName');
      const less = await scim(at, `${path}?excludedAttributes=emails,id`);
      expect(less.body).toHaveProperty('id');
      expect(less.body).not.toHaveProperty('emails');
    });
  });

  describe('SCIM PUT /Users/{id}', () => {
    const put = (path: string, json: unknown, headers = {}) =>
      scim<ScimFault>(at, path, { method: 'PUT', json, headers });

    test('200 with the user replaced', async () => {
      const { user, path } = await provisioned(at, { externalId: mark() });
      const json = scimDraft({ userName: user.userName, active: false, displayName: 'Babs' });
      const { status, body } = await scim(at, path, { method: 'PUT', json: { ...json, id: user.id } });
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: user.id, active: false, displayName: 'Babs' });
      expect(body).not.toHaveProperty('externalId');
      expect(body.meta.version).not.toBe(user.meta.version);
      expect((await scim(at, path)).body).toEqual(body);
    });

    test('412 where If-Match names another version', async () => {
      const { user, path } = await provisioned(at);
      const answer = await put(path, scimDraft({ userName: user.userName }), { 'if-match': '"77"' });
      expectScimFault(answer, 412);
      expect((await scim(at, path)).body).toEqual(user);
    });

    test('412 where If-None-Match names this version (RFC 9110, section 13.1.2)', async () => {
      const { user, path, etag } = await provisioned(at);
      const json = scimDraft({ userName: user.userName });
      for (const tag of [etag, '*']) expectScimFault(await put(path, json, { 'if-none-match': tag }), 412);
      expect((await scim(at, path)).body).toEqual(user);
    });

    test('200 where If-Match names this version, strong or weak as in the examples of RFC 7644', async () => {
      const { user, path } = await provisioned(at);
      const json = scimDraft({ userName: user.userName });
      for (const tag of ['"1"', 'W/"2"', '*'])
        expect((await put(path, json, { 'if-match': tag })).status, tag).toBe(200);
    });

    test('404 for an unknown user, 409 for the userName of another', async () => {
      const [{ user }, { path }] = [await provisioned(at), await provisioned(at)];
      expectScimFault(await put(unknownPath().replace('users', 'Users'), scimDraft()), 404);
      expectScimFault(await put(path, scimDraft({ userName: user.userName })), 409, 'uniqueness');
    });
  });

  describe('SCIM DELETE /Users/{id}', () => {
    test('204, then 404, and the userName is free', async () => {
      const { user, path } = await provisioned(at);
      expect(await scim(at, path, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' });
      expectScimFault(await scim<ScimFault>(at, path), 404);
      expectScimFault(await scim<ScimFault>(at, path, { method: 'DELETE' }), 404);
      expect((await provisioned(at, { userName: user.userName })).user.id).not.toBe(user.id);
    });

    test('412 where If-Match names another version', async () => {
      const { path, etag } = await provisioned(at);
      const remove = (tag: string) => scim<ScimFault>(at, path, { method: 'DELETE', headers: { 'if-match': tag } });
      expectScimFault(await remove('"77"'), 412);
      expect((await remove(etag)).status).toBe(204);
    });
  });

  describe('SCIM and REST', () => {
    test('a user that a directory makes shows in REST, and one that REST makes shows in SCIM', async () => {
      const { user } = await provisioned(at, { active: false });
      const seen = await send(at, `/users/${user.id}`);
      expect(seen).toMatchObject({ status: 200, body: { displayName: 'Barbara Jensen', status: 'suspended' } });
      expect(seen.headers.get('etag')).toBe(user.meta.version);
      const email = `${mark()}@example.com`;
      const made = await send<{ id: string }>(at, '/users', { method: 'POST', json: { email, displayName: 'Ada' } });
      const { body } = await scim(at, `/Users/${made.body.id}`);
      expect(body).toMatchObject({ userName: email, displayName: 'Ada', active: true });
    });

    test('a change by one is seen by the other, with a new version', async () => {
      const { user, path } = await provisioned(at);
      const headers = { 'if-match': user.meta.version };
      const json = { status: 'suspended' };
      expect((await send(at, path.toLowerCase(), { method: 'PATCH', headers, json })).status).toBe(200);
      const { body } = await scim(at, path);
      expect(body.active).toBe(false);
      expect(body.name).toEqual(user.name);
      expect(body.meta.version).not.toBe(user.meta.version);
    });

    test('what one deletes is gone for the other', async () => {
      const [one, two] = [await provisioned(at), await provisioned(at)];
      await scim(at, one.path, { method: 'DELETE' });
      await send(at, two.path.toLowerCase(), { method: 'DELETE' });
      expect((await send(at, one.path.toLowerCase())).status).toBe(404);
      expect((await scim(at, two.path)).status).toBe(404);
    });
  });
}
