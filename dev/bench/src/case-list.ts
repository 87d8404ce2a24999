import type { BenchCase } from './bench-case.ts';
import { groupz } from './cases/groupz.ts';
import { http } from './cases/http.ts';
import { users } from './cases/users.ts';

/** Every measurement that `pnpm bench` knows. */
export const caseList: readonly BenchCase[] = [groupz, http, users];
