import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startCluster } from '../postgres/cluster.ts';
import type { Stage } from '../stage.ts';
import { familyReader, parentOf } from '../system/family-usage.ts';
import { formulas, lastSeeded } from './rows.ts';

/** A database in which every contestant has a table of its own, all alike. */
export type UsersDatabase = {
  url: string;
  /** CPU of all processes of Postgres, and not only of those that answer; nothing where it runs elsewhere. */
  usage: { cpuSeconds: () => number } | undefined;
  /** What the reader has to know: a line each. */
  notes: readonly string[];
  /** Makes a table as full and as tidy as it was in the beginning. */
  restore: (table: string) => Promise<void>;
};

const migrate = fileURLToPath(import.meta.resolve('@seaworthy/users/migrate'));

/** The table of this service. The others are made like it, with the same columns and indexes. */
const ownTable = 'users';

/**
 * Creates a database with `rows` users in each of the tables, in the Postgres that the stage names or in one of its own.
 * It is dropped with the stage.
 */
export async function openUsersDatabase(
  stage: Stage,
  { rows, tables }: { rows: number; tables: readonly string[] },
): Promise<UsersDatabase> {
  stage.progress(`filling ${tables.length} tables with ${rows} users each`);
  const cluster = stage.databaseUrl === undefined ? await startCluster() : undefined;
  if (cluster) stage.keep(cluster);
  const url = await createDatabase(stage, cluster?.url ?? stage.databaseUrl ?? '');
  await promisify(execFile)(process.execPath, [migrate], { env: { DATABASE_URL: url, LOG_LEVEL: 'warn' } });
  const client = await connect(stage, url);
  await fill(client, rows, tables);
  const { pid, notes } = await describe(client);
  const read = familyReader(process.platform);
  return {
    url,
    usage: pid === undefined ? undefined : { cpuSeconds: () => read(pid) },
    notes,
    async restore(table) {
      await client.query(`delete from ${table} where created_at > '${lastSeeded}'`);
      await client.query('vacuum');
    },
  };
}

async function createDatabase(stage: Stage, url: string): Promise<string> {
  const name = `seaworthy_bench_${process.pid}`;
  const client = await connect(stage, url);
  await client.query(`create database ${name} template template0`);
  // One of our own goes with its whole cluster.
  if (stage.databaseUrl !== undefined)
    stage.keep({ [Symbol.asyncDispose]: async () => void (await client.query(`drop database ${name} with (force)`)) });
  return Object.assign(new URL(url), { pathname: name }).href;
}

async function connect(stage: Stage, url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'seaworthy-bench' });
  client.on('error', () => undefined); // a connection that is lost: the next query tells
  await client.connect();
  stage.keep({ [Symbol.asyncDispose]: () => client.end() });
  return client;
}

type Column = { name: string; isRequired: boolean };

/** Fills the tables, and has Postgres write and count all of it now: not in anybody's turn. */
async function fill(client: Client, rows: number, tables: readonly string[]): Promise<void> {
  const columns = await columnsOf(client);
  const known = columns.filter(({ name }) => formulas[name] !== undefined).map(({ name }) => name);
  const values = known.map((name) => formulas[name]).join(', ');
  for (const table of tables) {
    if (table !== ownTable) await createLike(client, table, columns);
    await client.query(`alter table ${table} set (autovacuum_enabled = off)`);
    await client.query(
      `insert into ${table} (${known.join(', ')}) select ${values} from generate_series(0, ${rows - 1}::bigint) n`,
    );
  }
  await client.query('vacuum analyze');
  await client.query('checkpoint');
}

/**
 * Makes a table like the service's, with all its indexes: every write has the same work to do. What TypeORM leaves to
 * the database has a default, and nothing else is asked for.
 */
async function createLike(client: Client, table: string, columns: readonly Column[]): Promise<void> {
  await client.query(`create table ${table} (like ${ownTable} including all excluding indexes)`);
  const defaults = { id: 'gen_random_uuid()', status: `'active'`, created_at: 'now()', updated_at: 'now()' };
  const unknown = columns.filter(({ isRequired, name }) => isRequired && !(name in formulas));
  const changes = [
    ...Object.entries(defaults).map(([name, value]) => `alter ${name} set default ${value}`),
    ...unknown.map(({ name }) => `alter ${name} drop not null`),
  ];
  await client.query(`alter table ${table} ${changes.join(', ')}`);
  const { rows } = await client.query<{ name: string; definition: string }>(
    'select indexname as name, indexdef as definition from pg_indexes where tablename = $1',
    [ownTable],
  );
  for (const { name, definition } of rows) {
    // The others have no deleted users: where the index leaves those out, theirs would serve no query.
    const all = definition.replace(/ WHERE \(status <> 'deleted'::text\)$/, '');
    await client.query(all.replace(/INDEX \S+ ON \S+/, `INDEX ${table}_${name} ON ${table}`));
  }
}

/** Which columns the service's table has, and which of them an insert must name. */
async function columnsOf(client: Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select column_name as name, is_nullable = 'NO' and column_default is null and is_generated = 'NEVER' as "isRequired"
     from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [ownTable],
  );
  return rows;
}

async function describe(client: Client): Promise<{ pid: number | undefined; notes: string[] }> {
  const names = ['server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size'];
  const settings = names.map((name) => `'${name} ' || current_setting('${name}')`).join(', ');
  const { rows } = await client.query<{ text: string; pid: number }>(
    `select concat_ws(', ', ${settings}) as text, pg_backend_pid() as pid`,
  );
  const [{ text, pid } = { text: '', pid: 0 }] = rows;
  const found = parentOf(pid);
  const note = `Postgres: ${text}; its tables are vacuumed between turns and not by autovacuum.`;
  if (found?.program.startsWith('postgres')) return { pid: found.parent, notes: [note] };
  return { pid: undefined, notes: [note, 'Postgres runs elsewhere: its CPU is in no figure.'] };
}
