import { describe, expect, it } from 'vitest';
import { coreUrn, createdUser, createScimUser, enterpriseUrn, patchScimUser, scimServer } from '../scim-server.ts';

// The user of RFC 7643, section 8.3, without what this service does not keep.
const bjensen = {
  externalId: '701984',
  userName: 'bjensen@example.com',
  name: {
    formatted: 'Ms. Barbara J Jensen, III',
    familyName: 'Jensen',
    givenName: 'Barbara',
    middleName: 'Jane',
    honorificPrefix: 'Ms.',
    honorificSuffix: 'III',
  },
  displayName: 'Babs Jensen',
  nickName: 'Babs',
  profileUrl: 'https://login.example.com/bjensen',
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  addresses: [
    {
      streetAddress: '100 Universal City Plaza',
      locality: 'Hollywood',
      region: 'CA',
      postalCode: '91608',
      country: 'USA',
      formatted: '100 Universal City Plaza\nHollywood, CA 91608 USA',
      type: 'work',
      primary: true,
    },
    { streetAddress: '456 Hollywood Blvd', locality: 'Hollywood', region: 'CA', type: 'home' },
  ],
  phoneNumbers: [
    { value: '555-555-5555', type: 'work' },
    { value: '555-555-4444', type: 'mobile' },
  ],
  ims: [{ value: 'someaimhandle', type: 'aim' }],
  photos: [{ value: 'https://photos.example.com/profilephoto/72930000000Ccne/F', type: 'photo' }],
  userType: 'Employee',
  title: 'Tour Guide',
  preferredLanguage: 'en-US',
  locale: 'en-US',
  timezone: 'America/Los_Angeles',
  active: true,
  [enterpriseUrn]: {
    employeeNumber: '701984',
    costCenter: '4130',
    organization: 'Universal Studios',
    division: 'Theme Park',
    department: 'Tour Operations',
    manager: { value: '26118915-6090-4610-87e4-49d8ca9f808d', $ref: '../Users/26118915-6090-4610-87e4-49d8ca9f808d' },
  },
};

describe('the examples of the RFCs', () => {
  it('201 with the full user of RFC 7643, section 8.3, and nothing of it is lost', async () => {
    const { status, body } = await createScimUser(await scimServer(), {
      ...bjensen,
      schemas: [coreUrn, enterpriseUrn],
      password: 't1meMa$heen',
      groups: [{ value: 'e9e30dba-f08f-4109-8486-d5c6a331660a' }],
    });
    expect(status).toBe(201);
    expect(body).toEqual({ ...bjensen, schemas: [coreUrn, enterpriseUrn], id: body.id, meta: body.meta });
  });

  it('200 for the three operations of RFC 7644, section 3.5.2, on one user', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, bjensen);
    const { status, body } = await patchScimUser(api, id, [
      { op: 'add', value: { emails: [{ value: 'bjensen@example.net', type: 'other' }], nickName: 'Barb' } },
      {
        op: 'replace',
        path: 'addresses[type eq "work"]',
        value: { type: 'work', streetAddress: '911 Universal City Plaza', primary: true },
      },
      { op: 'remove', path: 'phoneNumbers[type eq "work" and value ew "5555"]' },
    ]);
    expect(status).toBe(200);
    expect(body.emails).toEqual([...bjensen.emails, { value: 'bjensen@example.net', type: 'other' }]);
    expect(body.addresses[0]).toEqual({ type: 'work', streetAddress: '911 Universal City Plaza', primary: true });
    expect(body).toMatchObject({ nickName: 'Barb', phoneNumbers: [bjensen.phoneNumbers[1]] });
  });

  it('200 for the replacement of a single sub-attribute of RFC 7644, section 3.5.2.3', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, bjensen);
    const operation = { op: 'replace', path: 'addresses[type eq "work"].streetAddress', value: '1010 Broadway Ave' };
    const { status, body } = await patchScimUser(api, id, [operation]);
    expect(status).toBe(200);
    expect(body.addresses[0]).toEqual({ ...bjensen.addresses[0], streetAddress: '1010 Broadway Ave' });
  });

  it('200 with the two attributes of RFC 7644, section 3.4.2.5, of those that a filter means', async () => {
    const api = await scimServer();
    const { id, schemas } = await createdUser(api, bjensen);
    await createdUser(api, { userName: 'jsmith' });
    const { status, body } = await api
      .get('/scim/v2/Users')
      .query({ attributes: 'userName,displayName', filter: 'displayName sw "Babs"' });
    expect(status).toBe(200);
    const shown = { schemas, id, userName: bjensen.userName, displayName: bjensen.displayName };
    expect(body).toMatchObject({ totalResults: 1, Resources: [shown] });
  });
});
