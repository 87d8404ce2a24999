import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Exchange, faultOfAnswer } from '../../src/http/exchange.ts';
import { openStage } from '../../src/stage.ts';
import { type Arena, contenders, openArena } from '../../src/users/contenders.ts';
import { listAfter, operationsOn, pageSize } from '../../src/users/operations.ts';
import { hasOrms, orms } from '../../src/users/orms.ts';
import { stageOptions } from '../stage-options.ts';

const databaseUrl = process.env['TEST_DATABASE_URL'];
const rows = 200;

describe.skipIf(!databaseUrl)(
  'on a real Postgres',
  () => {
    const stage = openStage(stageOptions({ databaseUrl }));
    let arena: Arena;

    beforeAll(async () => {
      arena = await openArena(stage, rows);
    });
    afterAll(() => stage[Symbol.asyncDispose]());

    async function ask(name: string, { method = 'GET', path, json, headers, ...exchange }: Exchange) {
      const port = arena.running.find((one) => one.name === name)?.server.port;
      const body = json === undefined ? {} : { body: JSON.stringify(json) };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...body,
      });
      const answer = { status: response.status, head: '', body: Buffer.from(await response.arrayBuffer()) };
      return { json: JSON.parse(answer.body.toString()), fault: faultOfAnswer(answer, { path, ...exchange }) };
    }

    async function count(table: string, condition = 'true'): Promise<number> {
      const client = new Client({ connectionString: arena.database.url });
      await client.connect();
      const counted = await client.query(`select count(*)::int as count from ${table} where ${condition}`);
      await client.end();
      return counted.rows[0].count;
    }

    const cases = contenders.map((one) => ({ ...one, isAbsent: orms.includes(one) && !hasOrms() }));

    describe.for(cases)('$name', ({ name, table, tokenAfter, isAbsent }) => {
      beforeEach(({ skip }) => skip(isAbsent, 'its packages are not installed'));

      it.for(['get', 'list', 'patch', 'create'] as const)('gives the right answer to %s', async (operation) => {
        expect((await ask(name, operationsOn(rows)[operation](3))).fault).toBeUndefined();
      });

      it('gives the right second page, and a token that the bench knows or was given', async () => {
        const { nextPageToken } = (await ask(name, listAfter('', 0))).json;
        expect((await ask(name, listAfter(nextPageToken, pageSize))).fault).toBeUndefined();
        if (tokenAfter) expect(nextPageToken).toBe(tokenAfter(pageSize));
      });

      it('works on a table of its own, which is restored', async () => {
        await ask(name, operationsOn(rows).create(100));
        expect(await count(table, `email = 'new-100@example.com'`)).toBe(1);
        await arena.database.restore(table);
        expect(await count(table)).toBe(rows);
      });
    });

    it('names everybody who does not run', () => {
      const notes = arena.notes.join();
      const others = contenders.filter(({ name }) => !arena.running.some((one) => one.name === name));
      expect(others.filter(({ name }) => !notes.includes(name))).toEqual([]);
    });

    it('has the same indexes on every table', async () => {
      const indexes = arena.running.map(({ table }) => count('pg_indexes', `tablename = '${table}'`));
      expect(new Set(await Promise.all(indexes)).size).toBe(1);
    });
  },
  60_000,
);
