import type { UserFilter } from '../../src/user-filter.ts';

const title = { profile: ['title'] };
const age = { profile: ['age'] };
const item = (...path: string[]) => ({ item: path });

/** Filters, and the places of the odd users that they mean. */
export const filters: readonly (readonly [title: string, filter: UserFilter, places: readonly number[]])[] = [
  ['nothing to demand', { all: [] }, [0, 1, 2, 3, 4, 5, 6, 7]],
  ['nothing to choose from', { any: [] }, []],
  ['an address in any case', { field: 'email', is: 'eq', value: ' ADA@example.com ' }, [0]],
  ['an address in exact case', { field: 'email', is: 'eq', value: 'ADA@example.com', exactCase: true }, []],
  ['no empty address', { field: 'email', is: 'eq', value: '' }, []],
  ['another address, or none', { field: 'email', is: 'ne', value: 'ada@example.com' }, [1, 2, 3, 4, 5, 6, 7]],
  ['no address', { not: { field: 'email', is: 'present' } }, [3, 7]],
  ['a prefix with an underscore', { field: 'email', is: 'sw', value: 'Ada_' }, [1]],
  ['a prefix with a percent sign', { field: 'email', is: 'sw', value: '50%' }, [4]],
  ['any prefix', { field: 'email', is: 'sw', value: '' }, [0, 1, 2, 4, 5, 6]],
  ['an end', { field: 'email', is: 'ew', value: '_L@EXAMPLE.COM' }, [1]],
  ['a part', { field: 'email', is: 'co', value: 'l@' }, [1, 2]],
  ['addresses by order', { field: 'email', is: 'lt', value: 'ada@f' }, [0, 4]],
  ['the name of a directory', { field: 'userName', is: 'eq', value: `O'BRIEN"\\` }, [3]],
  ['the address as the name', { field: 'userName', is: 'eq', value: 'main@example.com' }, [6]],
  ['not the address behind a name', { field: 'userName', is: 'eq', value: 'z@example.com' }, []],
  ['the beginning of a name', { field: 'userName', is: 'sw', value: 'ΣΊ' }, [5]],
  ['a display name in any case', { field: 'displayName', is: 'eq', value: 'ADA' }, [6]],
  ['a display name with umlauts', { field: 'displayName', is: 'sw', value: 'ärger STRA' }, [1]],
  ['a display name in exact case', { field: 'displayName', is: 'sw', value: 'Ada', exactCase: true }, [0]],
  ['a display name without the spaces around', { field: 'displayName', is: 'eq', value: 'Spaced' }, [2]],
  ['a final sigma', { field: 'displayName', is: 'sw', value: 'σίσυφος' }, [5]],
  ['a dotted capital', { field: 'displayName', is: 'eq', value: 'i̇stanbul' }, [7]],
  ['the last of code points', { field: 'displayName', is: 'sw', value: 'a\u{10FFFF}' }, [4]],
  ['before the last of code points', { field: 'displayName', is: 'sw', value: 'a' }, [0, 4, 6]],
  ['quotes and backslashes', { field: 'displayName', is: 'co', value: `" \\ 100% $1 --` }, [3]],
  ['an emoji at the end', { field: 'displayName', is: 'ew', value: '😀' }, [5]],
  ['a status', { field: 'status', is: 'eq', value: 'suspended' }, [1]],
  ['a status in other case', { field: 'status', is: 'eq', value: 'Suspended' }, []],
  ['a status that is a name of JavaScript', { field: 'status', is: 'eq', value: 'toString' }, []],
  ['another status', { field: 'status', is: 'ne', value: 'active' }, [1]],
  ['an external id, exactly', { field: 'externalId', is: 'eq', value: 'Ext-1' }, [0]],
  ['an external id', { field: 'externalId', is: 'present' }, [0, 1]],
  ['an id', { field: 'id', is: 'eq', value: '01a20914-6052-781f-bb60-000000000003' }, [3]],
  ['no id', { field: 'id', is: 'eq', value: "3' or true" }, []],
  ['ids by order', { field: 'id', is: 'ge', value: '01a20914-6052-781f-bb60-000000000006' }, [6, 7]],
  ['a time', { field: 'createdAt', is: 'gt', value: '2026-11-23T15:44:20.057Z' }, [6]],
  ['a time, and what follows', { field: 'createdAt', is: 'ge', value: '2026-11-24T00:00:00.000Z' }, [6]],
  ['a time long ago', { field: 'updatedAt', is: 'lt', value: '0001-01-01T00:00:00.000Z' }, []],
  [
    'a year that no calendar has',
    { field: 'updatedAt', is: 'gt', value: '0000-01-01T00:00:00.000Z' },
    [0, 1, 2, 3, 4, 5, 6, 7],
  ],
  ['a time that is none', { field: 'createdAt', is: 'eq', value: '2026-02-30T00:00:00.000Z' }, []],
  ['a time as a text', { field: 'createdAt', is: 'sw', value: '2026-11-24' }, [6]],
  ['a number for a text', { field: 'displayName', is: 'eq', value: 5 }, []],
  ['another than a number', { field: 'displayName', is: 'ne', value: 5 }, [0, 1, 2, 3, 4, 5, 6, 7]],
  ['a title in any case', { field: title, is: 'eq', value: 'ärztin' }, [6]],
  ['a title in exact case', { field: title, is: 'eq', value: 'Ärztin', exactCase: true }, []],
  ['a title that says something', { field: title, is: 'present' }, [2, 6]],
  ['a name that says something', { field: { profile: ['name'] }, is: 'present' }, [6]],
  ['a list that says something', { field: { profile: ['tags'] }, is: 'present' }, [6]],
  ['a number', { field: age, is: 'eq', value: 5 }, [2]],
  ['a number as a text', { field: age, is: 'eq', value: '5' }, [6]],
  ['numbers by order', { field: age, is: 'lt', value: 5.5 }, [2, 3]],
  ['a part of a number', { field: age, is: 'co', value: 2 }, [4]],
  ['a truth', { field: { profile: ['active'] }, is: 'eq', value: true }, [4]],
  ['no truth', { field: { profile: ['active'] }, is: 'ne', value: true }, [0, 1, 2, 3, 5, 6, 7]],
  ['a path', { field: { profile: ['name', 'familyName'] }, is: 'sw', value: 'łą' }, [6]],
  ['a path with dots', { field: { profile: ['name', 'with.dot', 'deep'] }, is: 'eq', value: 'yes' }, [6]],
  ['no place of a list', { field: { profile: ['tags', '0'] }, is: 'eq', value: 'red' }, []],
  ['a path that is SQL', { field: { profile: [`a' or 'a' = 'a`, '"'] }, is: 'present' }, []],
  ['a main address', { some: ['emails'], where: { field: item('value'), is: 'eq', value: 'MAIN@example.com' } }, [6]],
  ['another address', { some: ['emails'], where: { field: item('value'), is: 'sw', value: 'second@' } }, [6]],
  [
    'all of another address',
    { some: ['emails'], where: { field: item('value'), is: 'eq', value: ' SECOND@example.com' } },
    [6],
  ],
  [
    'the only address, not unique',
    { some: ['emails'], where: { field: item('value'), is: 'eq', value: 'only@example.com' } },
    [7],
  ],
  [
    'no address of another type',
    {
      some: ['emails'],
      where: {
        all: [
          { field: item('type'), is: 'eq', value: 'work' },
          { field: item('value'), is: 'eq', value: 'second@example.com' },
        ],
      },
    },
    [],
  ],
  [
    'all who have other addresses',
    { not: { some: ['emails'], where: { field: item('value'), is: 'eq', value: 'second@example.com' } } },
    [0, 1, 2, 3, 4, 5, 7],
  ],
  ['no overruled address', { some: ['emails'], where: { field: item('value'), is: 'eq', value: 'overruled' } }, []],
  [
    'the type of main addresses',
    { some: ['emails'], where: { field: item('type'), is: 'eq', value: 'work' } },
    [0, 1, 2, 4, 5],
  ],
  [
    'both of one address',
    {
      some: ['emails'],
      where: {
        all: [
          { field: item('type'), is: 'eq', value: 'home' },
          { field: item('value'), is: 'ew', value: '@example.com' },
        ],
      },
    },
    [6, 7],
  ],
  ['a member of no item', { some: ['phoneNumbers'], where: { not: { field: item('type'), is: 'present' } } }, [5]],
  ['a truth of an item', { some: ['phoneNumbers'], where: { field: item('primary'), is: 'eq', value: true } }, [5]],
  ['an item itself', { some: ['tags'], where: { field: item(), is: 'eq', value: 'green' } }, [6]],
  ['a list where there is none', { some: ['title'], where: { all: [] } }, []],
  ['any item', { some: ['tags'], where: { all: [] } }, [6]],
  [
    'what the user is beside its item',
    { some: ['emails'], where: { field: 'displayName', is: 'eq', value: 'ada' } },
    [6],
  ],
  [
    'one or the other',
    {
      any: [
        { field: 'email', is: 'sw', value: 'ada' },
        { field: 'displayName', is: 'sw', value: 'ada' },
      ],
    },
    [0, 1, 2, 6],
  ],
  [
    'neither',
    {
      not: {
        any: [
          { field: title, is: 'eq', value: 'Dr.' },
          { field: 'externalId', is: 'sw', value: 'ext' },
        ],
      },
    },
    [0, 3, 4, 5, 6, 7],
  ],
];
