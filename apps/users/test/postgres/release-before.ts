import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as first from '../../src/postgres/migrations/2026-11-23-users.ts';

/** A row as the release before writes it. */
export interface OldRow {
  id: string;
  email: string;
  display_name: string;
  status: 'active' | 'suspended';
  external_id: string | null;
  attributes: string | null;
  created_at: string;
  updated_at: string;
}

/** Makes the tables of the release before. */
export async function migrateAsBefore<T>(db: Kysely<T>): Promise<void> {
  const provider = { getMigrations: async () => ({ '2026-11-23-users': first }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
}

/** The statements of the release before, as it sends them. */
export function releaseBefore<T>(db: Kysely<T>) {
  const columns = ['id', 'email', 'display_name', 'status', 'external_id', 'attributes', 'created_at', 'updated_at'];
  const values = (row: OldRow) => columns.map((column) => row[column as keyof OldRow]);
  return {
    async insert(row: OldRow) {
      const names = sql.join(columns.map((column) => sql.ref(column)));
      await sql`insert into "users" (${names}) values (${sql.join(values(row))})`.execute(db);
    },
    async list() {
      return (await sql<OldRow>`select * from "users" order by "id" limit ${50}`.execute(db)).rows;
    },
    change(row: OldRow) {
      return db.transaction().execute(async (transaction) => {
        await sql`select * from "users" where "id" = ${row.id} for update`.execute(transaction);
        const set = columns.map((column, place) => sql`${sql.ref(column)} = ${values(row)[place]}`);
        await sql`update "users" set ${sql.join(set)} where "id" = ${row.id}`.execute(transaction);
      });
    },
    async remove(id: string) {
      return (await sql`delete from "users" where "id" = ${id}`.execute(db)).numAffectedRows;
    },
  };
}
