import { CompiledQuery, type Kysely } from 'kysely';
import type { Tables } from './database.ts';

/** SQL and what stands for its `$1`, `$2` and so on. */
export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** Runs a statement that was written by hand, and answers its rows. */
export async function run<Row>(kysely: Kysely<Tables>, { text, values }: Statement): Promise<Row[]> {
  return (await kysely.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
}
