import type { BenchCase } from '../bench-case.ts';
import { deepList } from '../users/deep-list.ts';
import { fixedRate } from '../users/fixed-rate.ts';
import { listPages } from '../users/list-pages.ts';
import { oneOperation } from '../users/one-operation.ts';
import { operationsOn } from '../users/operations.ts';
import { installOrms } from '../users/orms.ts';

const rows = 100_000;
const { get, list, create, patch } = operationsOn(rows);

/** The users service beside a handler without a contract, and what people build on instead. */
export const users: BenchCase = {
  name: 'users',
  question: 'What does a users API cost with its Postgres, from here, by hand and with the usual ORMs?',
  defaults: { rounds: 3, seconds: 2, connections: 50 },
  prepare: installOrms,
  sections: [
    oneOperation({ name: 'get', question: `GET /users/{id} of ${rows} users`, rows, operation: get }),
    listPages({ name: 'list', question: 'GET /users?pageSize=50: the first 100 pages in turn', rows, pages: 100 }),
    oneOperation({ name: 'list-first', question: 'GET /users?pageSize=50: the first page', rows, operation: list }),
    deepList({ name: 'list-deep', question: 'GET /users?pageSize=50: page 1 and page 1500', rows, page: 1500 }),
    oneOperation({ name: 'create', question: 'POST /users', rows, operation: create }),
    oneOperation({ name: 'patch', question: 'PATCH /users/{id}: another display name', rows, operation: patch }),
    fixedRate({ name: 'fixed-rate', rows, rate: 300 }),
  ],
};
