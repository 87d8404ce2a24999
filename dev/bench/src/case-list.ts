import type { BenchCase } from './bench-case.ts';
import { http } from './cases/http.ts';

/** Every measurement that `pnpm bench` knows. */
export const caseList: readonly BenchCase[] = [http];
