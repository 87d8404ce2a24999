import { describe, expect, it } from 'vitest';
import { patched, refused } from './patched.ts';

const work = { value: 'work@example.com', type: 'work' };
const home = { value: 'home@example.com', type: 'home', primary: true };
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';

describe('operations on single values', () => {
  it.for([
    ['add', { op: 'add', path: 'title', value: 'T' }, { title: 'T' }],
    ['replace', { op: 'replace', path: 'title', value: 'T' }, { title: 'T' }],
    ['an operation in any case', { op: 'ReplacE', path: 'TITLE', value: 'T' }, { title: 'T' }],
    ['a name with its schema', { op: 'add', path: `${core}:title`, value: 'T' }, { title: 'T' }],
    ['a part', { op: 'add', path: 'name.givenName', value: 'G' }, { name: { givenName: 'G', familyName: 'F' } }],
    [
      'some parts',
      { op: 'replace', path: 'name', value: { givenName: 'G' } },
      { name: { givenName: 'G', familyName: 'F' } },
    ],
    [
      'null for a part',
      { op: 'replace', path: 'name', value: { familyName: null, givenName: 'G' } },
      { name: { givenName: 'G' } },
    ],
    [
      'an attribute of the extension',
      { op: 'add', path: `${enterprise}:department`, value: 'D' },
      { [enterprise]: { department: 'D' } },
    ],
    ['the extension', { op: 'add', path: enterprise, value: { division: 'D' } }, { [enterprise]: { division: 'D' } }],
    [
      'the manager by the id',
      { op: 'Add', path: `${enterprise}:manager`, value: 'm' },
      { [enterprise]: { manager: { value: 'm' } } },
    ],
    [
      'the manager in a list',
      { op: 'Add', path: `${enterprise}:manager`, value: [{ value: 'm' }] },
      { [enterprise]: { manager: { value: 'm' } } },
    ],
    ['a text in a list of objects', { op: 'Add', path: 'title', value: [{ value: 'T' }] }, { title: 'T' }],
    ['a boolean as a text', { op: 'Replace', path: 'active', value: 'False' }, { active: false }],
    [
      'an object of attributes',
      { op: 'replace', value: { title: 'T', active: 'false' } },
      { title: 'T', active: false },
    ],
    [
      'paths in an object',
      { op: 'Add', value: { 'name.givenName': 'G', [`${enterprise}:department`]: 'D' } },
      { name: { givenName: 'G', familyName: 'F' }, [enterprise]: { department: 'D' } },
    ],
    [
      'the extension in an object',
      { op: 'add', value: { [enterprise]: { department: 'D', unknown: 1 } } },
      { [enterprise]: { department: 'D' } },
    ],
    ['what an object has beside it', { op: 'add', value: { title: 'T', schemas: [core], unknown: 1 } }, { title: 'T' }],
  ] as const)('%s', ([, operation, expected]) => {
    expect(patched({ name: { familyName: 'F' } }, operation)).toEqual({ name: { familyName: 'F' }, ...expected });
  });

  it.for([
    ['the value', { op: 'remove', path: 'title' }, { name: { familyName: 'F', givenName: 'G' } }],
    ['a part', { op: 'remove', path: 'name.familyName' }, { title: 'T', name: { givenName: 'G' } }],
    ['all parts', { op: 'remove', path: 'name' }, { title: 'T' }],
    ['by null', { op: 'replace', path: 'name', value: null }, { title: 'T' }],
    ['the last parts', { op: 'replace', path: 'name', value: { familyName: null, givenName: null } }, { title: 'T' }],
    [
      'what is not there',
      { op: 'remove', path: 'nickName' },
      { title: 'T', name: { familyName: 'F', givenName: 'G' } },
    ],
  ] as const)('remove: %s', ([, operation, expected]) => {
    expect(patched({ title: 'T', name: { familyName: 'F', givenName: 'G' } }, operation)).toEqual(expected);
  });
});

describe('operations on lists', () => {
  it.for([
    [
      'add appends',
      { op: 'add', path: 'emails', value: [{ value: 'x@example.com' }] },
      [home, work, { value: 'x@example.com' }],
    ],
    [
      'add takes one value',
      { op: 'add', path: 'emails', value: { value: 'x@example.com' } },
      [home, work, { value: 'x@example.com' }],
    ],
    ['add does not repeat', { op: 'add', path: 'emails', value: [work, work] }, [home, work]],
    [
      'add completes',
      { op: 'add', path: 'emails', value: [{ ...work, display: 'W' }] },
      [home, { ...work, display: 'W' }],
    ],
    [
      'add of a primary one takes it from the other',
      { op: 'add', path: 'emails', value: [{ value: 'x@example.com', primary: true }] },
      [{ ...home, primary: false }, work, { value: 'x@example.com', primary: true }],
    ],
    [
      'add of one that is there, whatever its case',
      { op: 'add', path: 'emails', value: [{ value: work.value.toUpperCase(), type: 'WORK' }] },
      [home, { ...work, value: work.value.toUpperCase(), type: 'WORK' }],
    ],
    ['replace', { op: 'replace', path: 'emails', value: [work] }, [work]],
    [
      'replace within the chosen one',
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'x@example.com' },
      [home, { ...work, value: 'x@example.com' }],
    ],
    [
      'replace of the chosen one',
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x@example.com' } },
      [home, { value: 'x@example.com' }],
    ],
    [
      'add to the chosen one',
      { op: 'add', path: 'emails[type eq "work"]', value: { display: 'W' } },
      [home, { ...work, display: 'W' }],
    ],
    [
      'primary of the chosen one takes it from the other',
      { op: 'replace', path: 'emails[type eq "work"].primary', value: 'True' },
      [
        { ...home, primary: false },
        { ...work, primary: true },
      ],
    ],
    [
      'add makes the one that it means',
      { op: 'Add', path: 'emails[type eq "other"].value', value: 'x@example.com' },
      [home, work, { type: 'other', value: 'x@example.com' }],
    ],
    [
      'add makes the one that two equalities mean',
      { op: 'add', path: 'emails[type eq "other" and display eq "D"].value', value: 'x@example.com' },
      [home, work, { type: 'other', display: 'D', value: 'x@example.com' }],
    ],
    [
      'a part of all',
      { op: 'replace', path: 'emails.display', value: 'D' },
      [
        { ...home, display: 'D' },
        { ...work, display: 'D' },
      ],
    ],
    ['remove of the chosen one', { op: 'remove', path: 'emails[type eq "work"]' }, [home]],
    [
      'remove by and, or, not',
      { op: 'remove', path: 'emails[not (type eq "home") and (value co "work" or primary eq true)]' },
      [home],
    ],
    ['remove by value', { op: 'Remove', path: 'emails', value: [{ value: home.value }] }, [work]],
    ['remove of what a value is about', { op: 'remove', path: 'emails[type eq "work"].value' }, [home]],
    [
      'remove of what is said of a value',
      { op: 'remove', path: 'emails[type eq "work"].type' },
      [home, { value: work.value }],
    ],
    [
      'an item as texts',
      { op: 'add', path: 'emails', value: [{ value: 'x@example.com', primary: 'False' }] },
      [home, work, { value: 'x@example.com', primary: false }],
    ],
  ] as const)('%s', ([, operation, emails]) => {
    expect(patched({ emails: [home, work] }, operation)).toEqual({ emails });
  });

  it.for([
    ['all', { op: 'remove', path: 'emails' }],
    ['the last one', { op: 'remove', path: 'emails[value pr]' }],
    ['by null', { op: 'replace', path: 'emails', value: null }],
    ['by nothing', { op: 'replace', path: 'emails', value: [] }],
  ] as const)('remove: %s', ([, operation]) => {
    expect(patched({ emails: [home, work] }, operation)).toEqual({});
  });

  it('are carried out one after the other', () => {
    const add = { op: 'add', path: 'addresses[type eq "work"].locality', value: 'Oslo' };
    const more = { op: 'add', path: 'addresses[type eq "work"].country', value: 'NO' };
    expect(patched({}, add, more)).toEqual({ addresses: [{ type: 'work', locality: 'Oslo', country: 'NO' }] });
    const removal = { op: 'remove', path: 'addresses[type eq "work"].locality' };
    expect(patched({}, add, removal)).toEqual({});
  });
});

describe('an object without a path', () => {
  it.for([
    { meta: { version: '"7"' }, schemas: [], 'meta.location': 'x' },
    { id: '01a20914-6052-781f-bb60-1502d2b64a65' },
    { [`${enterprise}:manager.displayName`]: 'x', unknown: 1 },
  ])('may say again what only the service says: %j', (said) => {
    expect(patched({}, { op: 'replace', value: { ...said, title: 'T' } })).toEqual({ title: 'T' });
  });
});

describe('who is not said to be active or not', () => {
  it.for([
    { op: 'remove', path: 'active' },
    { op: 'replace', path: 'active', value: null },
  ])('stays what he is: %j', (operation) => {
    expect(patched({}, operation)).toEqual({});
    expect(patched({ active: false }, operation)).toEqual({ active: false });
  });
});

describe('operations are refused', () => {
  it.for([
    ['mutability', { op: 'replace', path: 'id', value: 'x' }],
    ['mutability', { op: 'replace', path: 'meta.version', value: 'x' }],
    ['mutability', { op: 'add', path: `${enterprise}:manager.displayName`, value: 'x' }],
    ['mutability', { op: 'replace', value: { id: 'x' } }],
    ['mutability', { op: 'remove', path: 'userName' }],
    ['noTarget', { op: 'remove' }],
    ['noTarget', { op: 'remove', path: 'emails[type eq "other"]' }],
    ['noTarget', { op: 'replace', path: 'emails[type eq "other"].value', value: 'x@example.com' }],
    ['noTarget', { op: 'add', path: 'emails[type co "oth"].value', value: 'x@example.com' }],
    ['invalidPath', { op: 'add', path: 'unknown', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'name.unknown', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'urn:example:2.0:User:title', value: 'x' }],
    ['invalidPath', { op: 'add', path: '__proto__.polluted', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'constructor', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'emails[type eq "work"', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'emails[type eq "work"].unknown', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'emails.value[type eq "work"]', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'name[givenName pr]', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'title extra', value: 'x' }],
    ['invalidPath', { op: 'add', path: 7, value: 'x' }],
    ['invalidFilter', { op: 'add', path: 'emails[unknown eq "work"].value', value: 'x' }],
    ['invalidValue', { op: 'add', path: 'title', value: 7 }],
    ['invalidValue', { op: 'add', path: 'title', value: ['a', 'b'] }],
    ['invalidValue', { op: 'add', path: 'name', value: 'Barbara' }],
    ['invalidValue', { op: 'add', path: 'active', value: 'perhaps' }],
    ['invalidValue', { op: 'add', path: 'title' }],
    ['invalidValue', { op: 'add', value: 'title' }],
    ['invalidValue', { op: 'add', path: 'emails', value: [1, 2].map((n) => ({ value: `${n}`, primary: true })) }],
    ['invalidSyntax', { op: 'move', path: 'title', value: 'x' }],
    ['invalidSyntax', { path: 'title', value: 'x' }],
    ['invalidSyntax', 'add'],
  ] as const)('%s: %j', ([scimType, operation]) => {
    expect(refused({ emails: [work, home] }, operation)).toBe(scimType);
  });

  it('when there are none, too many, or another schema', () => {
    expect(refused({})).toBe('invalidSyntax');
    expect(refused({}, ...Array.from({ length: 101 }, () => ({ op: 'remove', path: 'title' })))).toBe('invalidSyntax');
  });

  it('when a list has become too long', () => {
    const add = (_: unknown, n: number) => ({ op: 'add', path: 'roles', value: [{ value: `${n}` }] });
    expect(refused({}, ...Array.from({ length: 51 }, add))).toBe('invalidValue');
  });
});
