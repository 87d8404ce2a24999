const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** The message that a list is told by (RFC 7644, section 3.4.2). */
export function listOf(
  resources: readonly unknown[],
  about: object = { totalResults: resources.length, startIndex: 1 },
) {
  return { schemas: [listUrn], ...about, itemsPerPage: resources.length, Resources: resources };
}
