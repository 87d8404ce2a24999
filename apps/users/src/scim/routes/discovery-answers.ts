import { pageSizes } from '../list-request.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { coreAttributes, coreUrn } from '../schemas/core-user.ts';
import { enterprise, enterpriseUrn } from '../schemas/enterprise-user.ts';

const meta = 'urn:ietf:params:scim:schemas:core:2.0';

/** What this service can do (RFC 7643, section 5; RFC 9865, section 4). */
export function serviceProviderConfig(base: string) {
  return {
    schemas: [`${meta}:ServiceProviderConfig`],
    documentationUri: 'https://www.rfc-editor.org/rfc/rfc7644',
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: pageSizes.most },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: pageSizes.default,
      maxPageSize: pageSizes.most,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'An access token with the role Users.Provision.',
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** The one type of resources (RFC 7643, section 6). */
export function userResourceType(base: string) {
  return {
    schemas: [`${meta}:ResourceType`],
    id: 'User',
    name: 'User',
    endpoint: '/Users',
    description: 'User Account',
    schema: coreUrn,
    schemaExtensions: [{ schema: enterpriseUrn, required: false }],
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
  };
}

/** The schemas of users (RFC 7643, section 7). */
export function schemas(base: string) {
  return [
    schema(base, { id: coreUrn, name: 'User', description: 'User Account', attributes: coreAttributes }),
    schema(base, {
      id: enterpriseUrn,
      name: 'EnterpriseUser',
      description: enterprise.description,
      attributes: enterprise.subAttributes ?? [],
    }),
  ];
}

interface SchemaContent {
  id: string;
  name: string;
  description: string;
  attributes: readonly Attribute[];
}

function schema(base: string, content: SchemaContent) {
  const location = `${base}/Schemas/${content.id}`;
  return { schemas: [`${meta}:Schema`], ...content, meta: { resourceType: 'Schema', location } };
}
