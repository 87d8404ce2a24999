import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryUsers } from '../../../src/memory/memory-users.ts';
import { postgresUsers } from '../../../src/postgres/postgres-users.ts';
import { openServer } from '../../../src/postgres/server.ts';
import { contentOf } from '../../../src/scim/content.ts';
import { readDocument } from '../../../src/scim/document.ts';
import { addUser, type Users } from '../../../src/users.ts';
import { createTestDatabase, poolSettings, serverUrl } from '../../postgres/test-database.ts';
import { silentLog } from '../../users-server.ts';
import { enterpriseUrn, namesOf, scimServer, scimUser } from '../scim-server.ts';

// RFC 7644, section 3.4.2.2: what each operator means, for each kind of attribute.
const people = [
  {
    userName: 'bjensen',
    externalId: 'BJ-1',
    displayName: 'Babs Jensen',
    name: { familyName: 'Jensen', givenName: 'Barbara' },
    title: 'Tour Guide',
    userType: 'Employee',
    emails: [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
    ],
    [enterpriseUrn]: { employeeNumber: '701984', department: 'Tours', manager: { value: 'M-1' } },
  },
  {
    userName: 'JSmith',
    name: { familyName: "O'Malley" },
    title: 'Vice President',
    userType: 'Intern',
    active: false,
    emails: [{ value: 'jsmith@example.org', type: 'home' }],
    phoneNumbers: [{ value: '555', type: 'work' }],
  },
  { userName: 'çelik', displayName: '100% _"\\', userType: 'Employee' },
] as const;

describe('GET /scim/v2/Users?filter in memory', () => {
  meansThem(async () => ({ users: memoryUsers(), close: async () => undefined }));
});

describe.skipIf(!serverUrl)('GET /scim/v2/Users?filter in a real Postgres', () => {
  meansThem(async () => {
    const database = await createTestDatabase();
    const { kysely, migrate, close } = await openServer(poolSettings(database.url), silentLog);
    await migrate();
    return { users: postgresUsers({ kysely }), close: () => close().then(database.drop) };
  });
});

interface Store {
  users: Users;
  close(): Promise<void>;
}

function meansThem(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
    for (const [minute, person] of people.entries()) {
      const now = () => new Date(Date.UTC(2026, 10, 23, 10, minute));
      await addUser(store.users, contentOf(readDocument(scimUser(person))), { now });
    }
  });
  afterAll(() => store.close());

  it.for([
    ['userName eq "BJENSEN"', 'b'],
    ['USERNAME Eq "bjensen"', 'b'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "j"', 'J'],
    ['userName ne "bjensen"', 'Jç'],
    ['userName co "ÇEL"', 'ç'],
    ['userName ew "h"', 'J'],
    ['userName gt "bz" and userName lt "k"', 'J'],
    ['userName ge "bjensen" and userName le "bjensen"', 'b'],
    ['externalId eq "BJ-1"', 'b'],
    ['externalId eq "bj-1"', ''],
    ['externalId pr', 'b'],
    ['not (externalId pr)', 'Jç'],
    ['name.familyName co "O\'Malley"', 'J'],
    ['name.familyName ne "Jensen"', 'Jç'],
    ['name pr', 'bJ'],
    ['title pr', 'bJ'],
    ['title eq null', 'ç'],
    ['title ne null', 'bJ'],
    ['title pr and userType eq "Employee"', 'b'],
    ['title pr or userType eq "Intern"', 'bJ'],
    ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', 'b'],
    ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")', ''],
    ['userType eq "Employee" and (emails.type eq "work")', 'b'],
    ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]', 'b'],
    ['emails[type eq "work" and value co "@example.com"] or phoneNumbers[type eq "WORK"]', 'bJ'],
    ['emails[type eq "home" and value co "@example.com"]', ''],
    ['emails[type eq "home"].value eq "BABS@jensen.org"', 'b'],
    ['emails[primary eq true]', 'b'],
    ['emails eq "jsmith@example.org"', 'J'],
    ['emails pr', 'bJ'],
    ['not (emails pr)', 'ç'],
    ['active eq true', 'bç'],
    ['active eq false', 'J'],
    ['active ne true', 'J'],
    ['active pr', 'bJç'],
    ['meta.created gt "2026-11-23T10:00:00Z"', 'Jç'],
    ['meta.created ge "2026-11-23T10:00:00.000Z"', 'bJç'],
    ['meta.lastModified lt "2026-11-23T12:01:00+02:00"', 'b'],
    ['meta.resourceType eq "User"', 'bJç'],
    ['meta.resourceType ne "User"', ''],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"', 'bJç'],
    [`schemas eq "${enterpriseUrn}"`, 'b'],
    [`${enterpriseUrn}:employeeNumber eq "701984"`, 'b'],
    [`${enterpriseUrn}:manager.value eq "M-1"`, 'b'],
    [`${enterpriseUrn}:manager eq "m-1"`, ''],
    [`${enterpriseUrn}:department sw "to"`, 'b'],
    ['id eq "nobody"', ''],
    ['id ne "nobody"', 'bJç'],
    ['displayName co "% _"', 'ç'],
    ['displayName co "%"', 'ç'],
    ['displayName co "_"', 'ç'],
    ['displayName ew "\\"\\\\"', 'ç'],
    ['displayName co "\' OR 1=1 --"', ''],
    ['displayName co ".*"', ''],
  ] as const)('%s', async ([filter, initials]) => {
    const names = await namesOf(await scimServer({ users: store.users }), filter);
    expect(names.map(([initial]) => initial).join('')).toBe(initials);
  });
}
