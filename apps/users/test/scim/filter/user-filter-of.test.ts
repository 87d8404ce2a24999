import { describe, expect, it } from 'vitest';
import { userFilterOf } from '../../../src/scim/filter/compile-filter.ts';
import { Refusal } from '../../../src/scim/refusal.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('a filter', () => {
  it.for([
    ['userName eq "b"', { field: 'userName', is: 'eq', value: 'b' }],
    [
      'ID EQ "01a20914-6052-781f-bb60-1502d2b64a65"',
      { field: 'id', is: 'eq', value: '01a20914-6052-781f-bb60-1502d2b64a65' },
    ],
    ['externalId eq "e"', { field: 'externalId', is: 'eq', value: 'e' }],
    ['emails.value eq "x"', { some: ['emails'], where: { field: { item: ['value'] }, is: 'eq', value: 'x' } }],
    ['emails eq "x"', { some: ['emails'], where: { field: { item: ['value'] }, is: 'eq', value: 'x' } }],
    ['emails pr', { some: ['emails'], where: { field: { item: [] }, is: 'present' } }],
    [
      'emails[type eq "work"].value eq "x"',
      {
        some: ['emails'],
        where: {
          all: [
            { field: { item: ['type'] }, is: 'eq', value: 'work' },
            { field: { item: ['value'] }, is: 'eq', value: 'x' },
          ],
        },
      },
    ],
    ['name[familyName pr]', { field: { profile: ['name', 'familyName'] }, is: 'present' }],
    [
      `${enterprise}:manager eq "m"`,
      { field: { profile: [enterprise, 'manager', 'value'] }, is: 'eq', value: 'm', exactCase: true },
    ],
    [`schemas eq "${enterprise}"`, { field: { profile: [enterprise] }, is: 'present' }],
    ['active eq true', { field: 'status', is: 'eq', value: 'active' }],
    ['active eq "False"', { field: 'status', is: 'eq', value: 'suspended' }],
    [
      'meta.lastModified ge "2026-11-23T10:00:00+01:00"',
      { field: 'updatedAt', is: 'ge', value: '2026-11-23T09:00:00.000Z' },
    ],
    ['meta.created lt "2026-11-23T10:00:00"', { field: 'createdAt', is: 'lt', value: '2026-11-23T10:00:00.000Z' }],
    ['title eq null', { not: { field: { profile: ['title'] }, is: 'present' } }],
    ['id eq "of no shape"', { any: [] }],
    ['title eq "a\\u0062\\"\\\\"', { field: { profile: ['title'] }, is: 'eq', value: 'ab"\\' }],
  ] as const)('%s', ([text, filter]) => {
    expect(userFilterOf(text)).toEqual(filter);
  });

  it('binds and stronger than or, and both weaker than brackets', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((value) => ({ field: 'userName', is: 'eq', value }));
    const text = (joined: string) => joined.replaceAll(/\b([abc])\b/g, 'userName eq "$1"');
    expect(userFilterOf(text('a or b and c'))).toEqual({ any: [a, { all: [b, c] }] });
    expect(userFilterOf(text('(a or b) AND c'))).toEqual({ all: [{ any: [a, b] }, c] });
    expect(userFilterOf(text('not(a)or not (b and c)'))).toEqual({ any: [{ not: a }, { not: { all: [b, c] } }] });
  });
});

describe('a filter is refused', () => {
  it.for([
    ['', 'At character 1: the name of an attribute is expected, not the end.'],
    ['userName', 'At character 9: an operator is expected, not the end.'],
    ['userName eq', 'At character 12: a value'],
    ['userName is "b"', 'At character 10: an operator is expected, not "is".'],
    ['userName eq b', 'At character 13: a value'],
    ['userName eq "b', 'at character 13 begins nothing'],
    ['userName eq "\\x"', 'At character 13: a value'],
    ['userName eq 1e999', 'At character 13: a value'],
    ['userName eq "b" userName', 'At character 17: the end is expected, not "userName".'],
    ['userName eq "b" and', 'At character 20: the name of an attribute'],
    ['(userName eq "b"', 'At character 17: ) is expected, not the end.'],
    ['userName eq "b")', 'At character 16: the end is expected'],
    ['not userName eq "b"', 'At character 5: an operator is expected'],
    ['unknown eq "b"', 'At character 1: there is no attribute "unknown" here.'],
    ['name.unknown eq "b"', 'At character 1: there is no attribute'],
    ['__proto__ eq "b"', 'at character 1 begins nothing'],
    ['constructor pr', 'At character 1: there is no attribute'],
    ['emails[unknown eq "b"]', 'At character 8: there is no attribute'],
    ['emails[type eq "work"', 'At character 22: ] is expected'],
    ['emails[emails[type pr]]', 'At character 8: there is no attribute'],
    ['userName[value pr]', 'At character 1: there is no attribute'],
    ['name eq "b"', 'has parts'],
    ['addresses eq "b"', 'has parts'],
    ['userName eq 7', 'is compared with a text'],
    ['userName gt null', 'null'],
    ['userName eq "\\u0000"', 'is compared with a text that it can have'],
    ['userName eq "\\ud800"', 'is compared with a text that it can have'],
    ['active gt true', 'is compared with true and false by eq and ne only'],
    ['active eq "perhaps"', 'is compared with true and false'],
    ['meta.created gt "yesterday"', 'date and time'],
    ['meta.created gt "1"', 'date and time'],
    ['meta.created gt "hello 5"', 'date and time'],
    ['meta.created gt "2026-02-30T00:00:00Z"', 'date and time'],
    ['meta.created co "2026-11-23T10:00:00Z"', 'has no parts'],
    ['meta.version eq "1"', 'cannot be asked for'],
    ['schemas co "urn"', 'by eq, ne and pr only'],
    ['🦭 eq "b"', 'begins nothing'],
    [`${'('.repeat(11)}userName pr${')'.repeat(11)}`, 'deeper than 10'],
    [Array.from({ length: 51 }, () => 'userName pr').join(' or '), 'more than 50'],
    [`userName eq "${'x'.repeat(4096)}"`, 'longer than 4096'],
  ] as const)('%s', ([text, detail]) => {
    expect(() => userFilterOf(text)).toThrow(Refusal);
    expect(() => userFilterOf(text)).toThrow(detail);
  });

  it.for(['('.repeat(4096), 'not ('.repeat(800), `"${'\\'.repeat(4000)}`, 'a.'.repeat(2000), '-'.repeat(4000)])(
    'at once, when it is made to take long',
    (text) => {
      expect(() => userFilterOf(text)).toThrow(Refusal);
    },
  );
});
