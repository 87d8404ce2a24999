import { describe, expect, test } from 'vitest';
import { core, enterprise, expectList, expectScimFault, type ScimFault, type ScimList, scim } from './scim-api.ts';
import type { At } from './users-api.ts';

interface Resource {
  id?: string;
  schemas: string[];
  [name: string]: unknown;
}

/** What a directory reads before it begins (RFC 7643, sections 5 to 7; RFC 7644, section 4) */
export function scimDiscoveryContract(at: At): void {
  const schema = (name: string) => `urn:ietf:params:scim:schemas:core:2.0:${name}`;

  describe('SCIM discovery', () => {
    test('ServiceProviderConfig tells what there is', async () => {
      const { status, body, headers } = await scim<Resource>(at, '/ServiceProviderConfig');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^application\/scim\+json\b/);
      expect(body).toMatchObject({
        schemas: [schema('ServiceProviderConfig')],
        ...{ patch: { supported: true }, bulk: { supported: false }, etag: { supported: true } },
        filter: { supported: true, maxResults: expect.any(Number) },
        ...{ changePassword: { supported: false }, sort: { supported: expect.any(Boolean) } },
        pagination: { cursor: true, index: true },
        authenticationSchemes: expect.arrayContaining([expect.objectContaining({ type: 'oauthbearertoken' })]),
      });
    });

    test('ResourceTypes name User with its schemas, in a list and alone', async () => {
      const { body } = await scim<Omit<ScimList, 'Resources'> & { Resources: Resource[] }>(at, '/ResourceTypes');
      expectList(body);
      const alone = await scim<Resource>(at, '/ResourceTypes/User');
      expect(alone.body).toMatchObject({
        schemas: [schema('ResourceType')],
        name: 'User',
        endpoint: '/Users',
        schema: core,
      });
      expect(body.Resources).toEqual([alone.body]);
    });

    test('Schemas describe User and its extension, in a list and alone', async () => {
      const { body } = await scim<Omit<ScimList, 'Resources'> & { Resources: Resource[] }>(at, '/Schemas');
      expectList(body);
      expect(body.Resources.map(({ id }) => id)).toEqual(expect.arrayContaining([core, enterprise]));
      const alone = await scim<Resource & { attributes: { name: string }[] }>(at, `/Schemas/${core}`);
      expect(alone.body).toMatchObject({ id: core, name: 'User', meta: { resourceType: 'Schema' } });
      expect(alone.body.attributes.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['userName', 'emails', 'active']),
      );
    });

    test('404 for what there is not, or 501 for what SCIM has and this service has not', async () => {
      for (const path of ['/Schemas/urn:none', '/ResourceTypes/Group', '/Nonsense']) {
        expectScimFault(await scim<ScimFault>(at, path), 404);
      }
      for (const path of ['/Groups', '/Bulk', '/Me']) {
        const answer = await scim<ScimFault>(at, path);
        expectScimFault(answer, answer.status === 501 ? 501 : 404);
      }
    });

    test('405 or 404 as a SCIM error for methods that a path does not have', async () => {
      for (const [method, path] of [
        ['DELETE', '/Users'],
        ['PUT', '/ServiceProviderConfig'],
      ] as const) {
        const answer = await scim<ScimFault>(at, path, { method, json: {} });
        expectScimFault(answer, answer.status === 405 ? 405 : 404);
      }
    });
  });
}
