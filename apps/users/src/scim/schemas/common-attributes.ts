import { type Attribute, attribute, complex } from './attribute.ts';

const readOnly = { mutability: 'readOnly', caseExact: true } as const;

/** What every resource has, and no schema lists (RFC 7643, section 3.1). */
export const commonAttributes: readonly Attribute[] = [
  attribute('schemas', 'The schemas that the resource follows.', {
    ...readOnly,
    type: 'reference',
    multiValued: true,
    returned: 'always',
  }),
  attribute('id', 'What the service calls the user.', { ...readOnly, returned: 'always', uniqueness: 'server' }),
  attribute('externalId', 'What the directory calls the user.', { caseExact: true }),
  {
    ...complex('meta', 'About the resource itself.', [
      attribute('resourceType', 'Its type.', readOnly),
      attribute('created', 'When it was taken in.', { ...readOnly, type: 'dateTime' }),
      attribute('lastModified', 'When it was changed last.', { ...readOnly, type: 'dateTime' }),
      attribute('location', 'Its URI.', { ...readOnly, type: 'reference' }),
      attribute('version', 'Its entity tag.', readOnly),
    ]),
    mutability: 'readOnly',
  },
];
