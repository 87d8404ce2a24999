import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { countStatement, listStatement } from '../../src/postgres/list-statements.ts';
import { openServer } from '../../src/postgres/server.ts';
import type { Statement } from '../../src/postgres/statement.ts';
import type { UserFilter } from '../../src/user-filter.ts';
import type { Slice } from '../../src/users.ts';
import { silentLog } from '../users-server.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

const order = { by: 'createdAt', descending: false } as const;
const byEmail = { by: 'email', descending: false } as const;
const id = '00000000-0000-4000-8000-000000050000';
const deep = { after: { key: '2026-11-23T12:00:00.000Z', id } };
const equal = (field: 'email' | 'userName' | 'externalId' | 'status', value: string): UserFilter => ({
  field,
  is: 'eq',
  value,
});
const begins = (field: 'email' | 'displayName' | 'userName'): UserFilter => ({ field, is: 'sw', value: 'user 777' });

const slices: readonly (readonly [title: string, index: string, slice: Omit<Slice, 'limit'>])[] = [
  ['the default list', 'users_created_at', { order }],
  ['the default list backwards', 'users_created_at', { order: { ...order, descending: true } }],
  ['a deep page', 'users_created_at', { order, ...deep }],
  ['a deep page backwards', 'users_created_at', { order: { ...order, descending: true }, ...deep }],
  ['by address', 'users_email_key', { order: byEmail }],
  ['a deep page by address', 'users_email_key', { order: byEmail, after: { key: 'user 50000@example.com', id } }],
  ['a deep page of those without one', 'users_email_key', { order: byEmail, after: { key: '', id } }],
  ['by address backwards', 'users_email_key', { order: { ...byEmail, descending: true } }],
  ['an address', 'users_email_key', { order, filter: equal('email', 'user 5@example.com') }],
  ['a name', 'users_user_name_key', { order, filter: equal('userName', 'user 5@example.com') }],
  ['an external id', 'users_external_id', { order, filter: equal('externalId', '5') }],
  ['those who are active', 'users_created_at', { order, filter: equal('status', 'active'), ...deep }],
  ['those who are suspended', 'users_status', { order, filter: equal('status', 'suspended'), ...deep }],
  ['those who are deleted', 'users_status', { order, deleted: true, ...deep }],
];

const addressIs = (value: string): UserFilter => ({ field: { item: ['value'] }, is: 'eq', value });
const workIs: UserFilter = { field: { item: ['type'] }, is: 'eq', value: 'work' };
const otherAddress = 'Other 777@Example.com';

// What directories ask on each run, for each of their users.
const lookups: readonly (readonly [title: string, filter: UserFilter, indexes: readonly string[]])[] = [
  ['an id', { field: 'id', is: 'eq', value: id }, ['users_pkey']],
  ['an external id', equal('externalId', '777'), ['users_external_id']],
  ['a name', equal('userName', 'user 777@example.com'), ['users_user_name_key']],
  ['any address', { some: ['emails'], where: addressIs(otherAddress) }, ['users_email_key', 'users_other_emails']],
  [
    'an address for work',
    { some: ['emails'], where: { all: [workIs, addressIs(otherAddress)] } },
    ['users_email_key', 'users_other_emails'],
  ],
  ['nobody', { some: ['emails'], where: addressIs('nobody') }, ['users_email_key', 'users_other_emails']],
];

const prefixes: readonly (readonly [title: string, filter: UserFilter, indexes: readonly string[]])[] = [
  ['addresses', begins('email'), ['users_email_key']],
  ['names', begins('userName'), ['users_user_name_key']],
  ['display names', begins('displayName'), ['users_display_name']],
  ['either', { any: [begins('email'), begins('displayName')] }, ['users_email_key', 'users_display_name']],
];

describe.skipIf(!serverUrl)('over 100,000 users', () => {
  let test: TestDatabase;
  let database: Database;
  let client: Client;
  beforeAll(async () => {
    test = await createTestDatabase();
    database = await openServer(poolSettings(test.url, { DATABASE_STATEMENT_TIMEOUT_SECONDS: 60 }), silentLog);
    await database.migrate();
    await fill(database);
    client = new Client({ connectionString: test.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.close();
    await test.drop();
  });

  // Postgres plans for the values at hand at first, and may then settle for one plan for all values.
  describe.for([1, 10])('asked %i times', (times) => {
    it.for(slices)('%s: in the order of an index', async ([, index, slice]) => {
      const plan = await planOf({ ...slice, limit: 51 }, times);
      expect(plan.indexes).toEqual([index]);
      expect(plan.nodes).not.toContain('Seq Scan');
      if (slice.filter === undefined || index === 'users_status') expect(plan.nodes).not.toContain('Sort');
    });

    it.for(prefixes)('%s by their beginning: a range of an index', async ([, filter, indexes]) => {
      const plan = await planOf({ order, filter, limit: 51 }, times);
      expect(plan.indexes.toSorted()).toEqual(indexes.toSorted());
      expect(plan.nodes).not.toContain('Seq Scan');
    });

    it.for(lookups)('%s: from an index, and counted so', async ([, filter, indexes]) => {
      for (const statement of [
        listStatement(database.kysely, { order, filter, limit: 100, offset: 0 }),
        countStatement(database.kysely, { filter }),
      ]) {
        const plan = await planOfStatement(statement, times);
        expect(plan.indexes.toSorted()).toEqual(indexes);
        expect(plan.nodes).not.toContain('Seq Scan');
      }
    });
  });

  function planOf(slice: Slice, times: number): Promise<{ nodes: string[]; indexes: string[] }> {
    return planOfStatement(listStatement(database.kysely, slice), times);
  }

  async function planOfStatement({ text, values }: Statement, times: number) {
    const literals = values.map((value) => client.escapeLiteral(String(value))).join(', ');
    const execute = literals ? `execute asked (${literals})` : 'execute asked';
    await client.query(`prepare asked as ${text}`);
    for (let time = 1; time < times; time += 1) await client.query(execute);
    const { rows } = await client.query(`explain (format json) ${execute}`);
    await client.query('deallocate asked');
    const told = JSON.stringify(rows);
    return { nodes: valuesOf(told, 'Node Type'), indexes: valuesOf(told, 'Index Name') };
  }
});

function valuesOf(plan: string, name: string): string[] {
  return Array.from(plan.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g')), ([, value]) => value ?? '');
}

async function fill({ kysely }: Database): Promise<void> {
  await sql`
    insert into users (id, email, display_name, status, external_id, profile, created_at, updated_at)
    select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
      case when n % 100 > 0 then 'user ' || n || '@example.com' end, 'User ' || n,
      case n % 50 when 0 then 'deleted' when 1 then 'suspended' else 'active' end, n::text,
      case when n % 10 = 7 then jsonb_build_object('emails', jsonb_build_array(jsonb_build_object('value', 'Other ' || n || '@example.com', 'type', 'work'))) end,
      '2026-11-23T00:00:00Z'::timestamptz + n * interval '1 second', now()
    from generate_series(1, 100000) as n`.execute(kysely);
  await sql`analyze users`.execute(kysely);
}
