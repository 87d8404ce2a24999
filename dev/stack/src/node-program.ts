import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@seaworthy/chassis/environment';
import { answers } from './processes/readiness.ts';
import type { ProgramPartOptions } from './program-part.ts';

/** One program of this repository, run from its sources. */
export interface NodeProgram {
  name: string;
  /** The folder of its package below the root, such as `apps/users`. */
  folder: string;
  environment: Environment;
  /** Answers 200 when the program can do its work. */
  readyUrl: string;
}

/** Describes how a program of the repository runs, when it is ready, and which changes start it again. */
export function nodeProgram(root: string, { name, folder, environment, readyUrl }: NodeProgram): ProgramPartOptions {
  const packages = readdirSync(join(root, 'packages')).map((entry) => join(root, 'packages', entry, 'src'));
  return {
    program: { name, command: process.execPath, args: ['src/main.ts'], folder: join(root, folder), environment },
    isReady: (signal) => answers(readyUrl, signal),
    sources: [join(root, folder, 'src'), ...packages],
  };
}
