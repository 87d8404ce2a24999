import type { SourceFile } from './sources.ts';

/** A file put into the lawful tree: what it does, where it stands, and its text. */
export type Planted = [title: string, path: string, text: string];

/** A small repository that keeps every law; the tests change one file at a time. */
export const lawfulTree: SourceFile[] = [
  file('apps/groupz/README.md', '# groupz'),
  file('apps/groupz/src/main.ts', "import './app.ts'; import './azure/arm.ts'; serve(process.env);"),
  file('apps/groupz/src/app.ts', "import './http/routes.ts'; import './inventory.ts';"),
  file('apps/groupz/src/config.ts', "import '@seaworthy/chassis/config';"),
  file('apps/groupz/src/inventory.ts', "import type { Group } from '@seaworthy/contracts/groups';"),
  file('apps/groupz/src/http/routes.ts', "import '../inventory.ts'; import './paging.ts'; import 'fastify';"),
  file('apps/groupz/src/azure/arm.ts', "import '../inventory.ts'; import 'node:http';"),
  file('apps/users/README.md', '# users'),
  file('apps/users/src/main.ts', "import './migrate.ts';"),
  file('apps/users/src/migrate.ts', "import './postgres/pool.ts'; const { env } = process;"),
  file('apps/users/src/app.ts', "import './users.ts';"),
  file('apps/users/src/config.ts', 'export const Settings = {};'),
  file('apps/users/src/users.ts', "import { Problem } from '@seaworthy/chassis/problem';"),
  file('packages/contracts/src/groups.ts', "import { Type } from 'typebox'; import './problem.ts';"),
  file('packages/contracts/src/problem.ts', "import 'typebox/value';"),
  file('packages/chassis/src/problem.ts', "import '@seaworthy/contracts/problem';"),
  file('dev/azure-emulator/src/main.ts', "import './entra.ts'; start(process.env);"),
];

/** The lawful tree with one file added, or replaced when it stands there already. */
export function plant([, path, text]: Planted): SourceFile[] {
  return [...lawfulTree.filter((it) => it.path !== path), { path, text }];
}

function file(path: string, text: string): SourceFile {
  return { path, text };
}
