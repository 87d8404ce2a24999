import fc from 'fast-check';
import type { Knowledge } from './requests.ts';

const words = fc.stringMatching(/^[a-z]{1,8}$/);
const scimUser = fc.record(
  {
    schemas: fc.constant(['urn:ietf:params:scim:schemas:core:2.0:User']),
    userName: fc.emailAddress(),
    externalId: words,
    displayName: words,
    name: fc.record({ givenName: words, familyName: words }),
    active: fc.boolean(),
    emails: fc.array(fc.record({ value: fc.emailAddress(), type: fc.constantFrom('work', 'home') }), { maxLength: 2 }),
  },
  { requiredKeys: ['schemas', 'userName'] },
);
const filter = fc
  .tuple(
    fc.constantFrom(
      'userName',
      'externalId',
      'active',
      'emails.value',
      'emails[type eq "work"].value',
      'meta.created',
      'x',
    ),
    fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'pr', 'gt', 'le', 'xx'),
    fc.oneof(
      words.map((word) => JSON.stringify(word)),
      fc.constantFrom('true', 'null', '1', '"2024-01-01T00:00:00Z"'),
    ),
  )
  .map(([path, operator, value]) => (operator === 'pr' ? `${path} pr` : `${path} ${operator} ${value}`));
const scimPatch = fc
  .array(
    fc.record({
      op: fc.constantFrom('add', 'replace', 'remove', 'Replace'),
      path: fc.constantFrom(
        'active',
        'displayName',
        'name.givenName',
        'emails[type eq "work"].value',
        'emails',
        'x[',
        '',
      ),
      value: fc.oneof(words, fc.boolean(), fc.constant([{ value: 'a@example.com', type: 'work' }])),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((Operations) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }));
const scimSearch = filter.map((text) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
  filter: text,
}));

/** Filters, users and patches (RFC 7644) such as directories send, of which a document only says that they are texts and objects. */
export const scim: Knowledge = {
  texts: { filter },
  bodies: {
    createScimUser: scimUser,
    replaceScimUser: scimUser,
    patchScimUser: scimPatch,
    searchScimUsers: scimSearch,
    searchScimResources: scimSearch,
  },
};
