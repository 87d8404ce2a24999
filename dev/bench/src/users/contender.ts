import type { Contestant } from '../bench-case.ts';
import type { Stage } from '../stage.ts';
import { userAt } from './rows.ts';

/** What to run where, and the page token that begins after so many users, where it can be told without asking. */
export type Contender = {
  name: string;
  table: string;
  contestant: (url: string, stage: Stage) => Promise<Contestant> | Contestant;
  tokenAfter?: (users: number) => string;
};

/** A program for Node that gets its port first, and then these arguments. */
export function nodeServer(name: string, program: string, args: readonly string[]): Contestant {
  return {
    name,
    readyPath: `/users/${userAt(0).id}`,
    command: (port) => ({
      program: process.execPath,
      args: [program, String(port), ...args],
      env: { NODE_ENV: 'production' },
    }),
  };
}
