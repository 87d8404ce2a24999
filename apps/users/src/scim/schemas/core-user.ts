import { type Attribute, attribute, complex, kind, list, plural } from './attribute.ts';

/** The name of the schema of users. */
export const coreUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';

const address = ['work', 'home', 'other'];
const uri = { type: 'reference', caseExact: true, referenceTypes: ['external'] } as const;

/**
 * Users of RFC 7643, section 4.1, without what this service has nothing to do with: passwords (users sign in
 * elsewhere), groups and certificates.
 */
export const coreAttributes: readonly Attribute[] = [
  attribute('userName', 'Identifies the user to the directory; compared whatever its case.', {
    required: true,
    uniqueness: 'server',
  }),
  complex('name', 'The parts of the name.', [
    attribute('formatted', 'The full name, for reading.'),
    attribute('familyName', 'The family name.'),
    attribute('givenName', 'The given name.'),
    attribute('middleName', 'The middle names.'),
    attribute('honorificPrefix', 'What stands before the name, such as Ms.'),
    attribute('honorificSuffix', 'What stands after the name, such as III.'),
  ]),
  attribute('displayName', 'The name for reading. Where none is given it is made of the name.'),
  attribute('nickName', 'The casual name.'),
  attribute('profileUrl', 'A page about the user.', uri),
  attribute('title', 'The title, such as Vice President.'),
  attribute('userType', 'The relation to the organization, such as Contractor.'),
  attribute('preferredLanguage', 'The preferred languages, as in Accept-Language.'),
  attribute('locale', 'The locale, for currency, dates and numbers.'),
  attribute('timezone', 'The time zone, such as America/Los_Angeles.'),
  attribute('active', 'Whether the user may use things; users that may not are suspended.', { type: 'boolean' }),
  plural('emails', 'E-mail addresses. The primary one, else the first for work, else the first, is unique.', {
    value: 'The address.',
    types: address,
  }),
  plural('phoneNumbers', 'Phone numbers.', {
    value: 'The number.',
    types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
  }),
  plural('ims', 'Addresses for instant messages.', { value: 'The address.' }),
  plural('photos', 'Pictures of the user.', {
    value: 'Where the picture is.',
    valueTraits: uri,
    types: ['photo', 'thumbnail'],
  }),
  list('addresses', 'Postal addresses.', [
    attribute('formatted', 'The full address, for reading; may have several lines.'),
    attribute('streetAddress', 'The street; may have several lines.'),
    attribute('locality', 'The city.'),
    attribute('region', 'The state or region.'),
    attribute('postalCode', 'The postal code.'),
    attribute('country', 'The country, in two letters (ISO 3166-1).'),
    ...kind(address),
  ]),
  plural('entitlements', 'What the user is entitled to.', { value: 'The entitlement.' }),
  plural('roles', 'What the user is, such as Student.', { value: 'The role.' }),
];
