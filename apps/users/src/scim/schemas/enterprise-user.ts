import { type Attribute, attribute, complex } from './attribute.ts';

/** The name of the schema of users in organizations. */
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** What organizations say of users (RFC 7643, section 4.3): in a resource it is one value, under the schema's name. */
export const enterprise: Attribute = complex(enterpriseUrn, 'Enterprise User', [
  attribute('employeeNumber', 'What the organization calls the user.'),
  attribute('costCenter', 'The cost center.'),
  attribute('organization', 'The organization.'),
  attribute('division', 'The division.'),
  attribute('department', 'The department.'),
  complex('manager', 'The manager.', [
    attribute('value', 'The id of the manager.', { caseExact: true }),
    attribute('$ref', 'The URI of the manager.', { type: 'reference', caseExact: true, referenceTypes: ['User'] }),
    attribute('displayName', 'The name of the manager.', { mutability: 'readOnly' }),
  ]),
]);
