import { describe, expect, it } from 'vitest';
import { coreUrn, enterpriseUrn, listUrn, scimServer } from '../scim-server.ts';

describe('what the service tells of itself', () => {
  it('200 with what it can do', async () => {
    const { status, body } = await (await scimServer()).get('/scim/v2/ServiceProviderConfig');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      sort: { supported: false },
      etag: { supported: true },
      changePassword: { supported: false },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 200,
      },
      authenticationSchemes: [expect.objectContaining({ type: 'oauthbearertoken', primary: true })],
    });
  });

  it('200 with the type of users, alone and in the list', async () => {
    const api = await scimServer();
    const { status, body } = await api.get('/scim/v2/ResourceTypes/User');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'User', endpoint: '/Users', schema: coreUrn });
    expect(body.schemaExtensions).toEqual([{ schema: enterpriseUrn, required: false }]);
    const list = await api.get('/scim/v2/ResourceTypes');
    expect(list.body).toMatchObject({ schemas: [listUrn], totalResults: 1, Resources: [body] });
  });

  it('200 with the schemas, alone and in the list', async () => {
    const api = await scimServer();
    const list = await api.get('/scim/v2/Schemas');
    expect(list.status).toBe(200);
    expect(list.body.Resources.map(({ id }: { id: string }) => id)).toEqual([coreUrn, enterpriseUrn]);
    for (const schema of list.body.Resources) {
      const { status, body } = await api.get(`/scim/v2/Schemas/${schema.id}`);
      expect(status).toBe(200);
      expect(body).toEqual(schema);
    }
  });

  it('describes attributes by all of their characteristics (RFC 7643, section 7)', async () => {
    const { body } = await (await scimServer()).get(`/scim/v2/Schemas/${coreUrn}`);
    const userName = body.attributes.find(({ name }: { name: string }) => name === 'userName');
    expect(userName).toEqual({
      name: 'userName',
      type: 'string',
      multiValued: false,
      description: expect.any(String),
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
  });

  it.for(['ServiceProviderConfig', 'Schemas', 'ResourceTypes', 'ResourceTypes/User', `Schemas/${coreUrn}`])(
    '403 for a filter of %s',
    async (path) => {
      const { status, body } = await (await scimServer()).get(`/scim/v2/${path}?filter=name%20pr`);
      expect(status).toBe(403);
      expect(body).toMatchObject({ status: '403' });
    },
  );

  it('404 for another schema', async () => {
    const { status, body } = await (await scimServer()).get('/scim/v2/Schemas/urn:example');
    expect(status).toBe(404);
    expect(body).toMatchObject({ status: '404' });
  });

  it.for(['Bulk', 'Me'])('501 for /%s', async (path) => {
    const { status, body } = await (await scimServer()).post(`/scim/v2/${path}`).send({});
    expect(status).toBe(501);
    expect(body).toMatchObject({ status: '501' });
  });
});
