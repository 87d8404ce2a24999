import type { Planted } from './planted.ts';

/** What each law must find in the lawful tree with this one file added. */
export const violations: Record<string, Planted[]> = {
  'imports of a service go root -> app -> transport -> domain <- adapter': [
    ['a route uses an adapter', 'apps/groupz/src/http/groups.ts', "\nimport '../azure/arm.ts';"],
    ['an adapter uses a transport', 'apps/groupz/src/azure/arm.ts', "export { a } from '../http/routes.ts';"],
    ['an adapter uses a type of another', 'apps/users/src/redis/a.ts', "import type { P } from '../postgres/pool.ts';"],
    ['a type is imported inline', 'apps/users/src/redis/a.ts', "type P = import('../postgres/pool.ts').P;"],
    ['a folder is loaded later', 'apps/users/src/redis/a.ts', "const p = await import('../postgres/pool.ts');"],
    ['the domain uses an adapter', 'apps/groupz/src/inventory.ts', "export * from './azure/arm.ts';"],
    ['the domain uses a route', 'apps/groupz/src/inventory.ts', "import './http/routes.ts';"],
    ['the app opens an adapter', 'apps/groupz/src/app.ts', "import { arm } from './azure/arm.ts';"],
    ['a folder is reached by the own name', 'apps/groupz/src/app.ts', "import '@seaworthy/groupz/src/azure/arm.ts';"],
  ],
  'roots are imported by nobody': [
    ['the app imports main', 'apps/groupz/src/app.ts', "import './main.ts';"],
    ['a test imports main', 'apps/groupz/test/main.test.ts', "import '../src/main.ts';"],
    ['a test imports a fresh main', 'apps/groupz/test/main.test.ts', "await import('../src/main.ts?fresh');"],
    ['the domain migrates', 'apps/users/src/users.ts', "import { migrate } from './migrate.ts';"],
    ['a dev program imports a root', 'dev/stack/src/main.test.ts', "import '@seaworthy/users/src/migrate.ts';"],
  ],
  'app.ts is imported by roots, tests and dev programs only': [
    ['the domain', 'apps/groupz/src/inventory.ts', "import './app.ts';"],
    ['a route', 'apps/groupz/src/http/routes.ts', "import type { App } from '../app.ts';"],
  ],
  'what ships depends on packages only': [
    ['an app uses another', 'apps/groupz/src/inventory.ts', "import '@seaworthy/users/src/users.ts';"],
    ['a test of an app uses another', 'apps/groupz/test/a.test.ts', "import '@seaworthy/users/src/app.ts';"],
    ['a package uses an app', 'packages/chassis/src/a.ts', "import '@seaworthy/users/src/users.ts';"],
    ['an app uses dev/', 'apps/groupz/src/azure/arm.ts', "import '@seaworthy/azure-emulator/entra';"],
    ['an app uses dev/ by its path', 'apps/groupz/src/a.ts', "import '../../../dev/azure-emulator/src/entra.ts';"],
    ['a package uses dev/', 'packages/chassis/src/a.ts', "await import('@seaworthy/azure-emulator');"],
  ],
  'packages are entered by their name': [
    ['a path into a package', 'apps/groupz/src/a.ts', "import '../../../packages/chassis/src/problem.ts';"],
    ['a path from dev/ into an app', 'dev/stack/src/a.ts', "import '../../../apps/users/src/app.ts';"],
    ['a path from the root', 'test/a.test.ts', "import '../dev/azure-emulator/src/entra.ts';"],
    ['a path into the root', 'apps/groupz/test/a.test.ts', "import '../../../test/servers.ts';"],
    ['a file address', 'apps/groupz/src/a.ts', "import 'file:///srv/a.ts';"],
    ['a subpath alias', 'apps/groupz/src/a.ts', "import '#azure/arm';"],
  ],
  'what ships is imported by a literal name': [
    ['routes are loaded by a pattern', 'apps/groupz/src/http/all.ts', 'for (const f of files) await import(f);'],
  ],
  'contracts imports typebox and nothing else': [
    ['a contract uses Node', 'packages/contracts/src/a.ts', "import 'node:crypto';"],
    ['a contract uses fastify', 'packages/contracts/src/a.ts', "import type { FastifyRequest } from 'fastify';"],
    ['a contract uses chassis', 'packages/contracts/src/a.ts', "import '@seaworthy/chassis/problem';"],
    ['a lookalike of typebox', 'packages/contracts/src/a.ts', "import 'typebox-x';"],
  ],
  'chassis knows no domain': [
    ['a contract of groupz', 'packages/chassis/src/a.ts', "import '@seaworthy/contracts/groupz-list';"],
    ['a contract about users', 'packages/chassis/src/a.ts', "import type { User } from '@seaworthy/contracts/user';"],
  ],
  'process.env is read by roots and chassis only': [
    ['the domain', 'apps/groupz/src/inventory.ts', '\n\nconst url = process.env.URL;'],
    ['the app', 'apps/groupz/src/app.ts', "const url = process['env']['URL'];"],
    ['a global', 'apps/groupz/src/app.ts', 'const url = globalThis.process.env.URL;'],
    ['a part of process', 'apps/groupz/src/app.ts', 'const { env } = process;'],
    ['an import', 'apps/groupz/src/app.ts', "import { env as e } from 'node:process';"],
    ['another name for process', 'apps/groupz/src/app.ts', "import p from 'node:process'; p.env;"],
    ['a dev program', 'dev/stack/src/services.ts', 'spawn(program, { env: { ...process.env } });'],
    ['contracts', 'packages/contracts/src/a.ts', 'export const a = process.env.A;'],
    ['a script of an app', 'apps/users/scripts/seed.mjs', 'process.env.A;'],
  ],
  'no file is too long': [
    ['a source', 'apps/groupz/src/inventory.ts', '// line\n'.repeat(251)],
    ['a script', 'deploy/render.mjs', '// line\n'.repeat(251)],
    ['a test', 'apps/groupz/test/a.test.ts', '// line\n'.repeat(301)],
    ['no newline at the end', 'apps/groupz/src/a.ts', `${'// line\n'.repeat(250)}//`],
  ],
  // It takes many files: see the test.
  'most files are short': [],
  'no file is a barrel': [
    ['stars', 'apps/groupz/src/index.ts', "// All of it.\nexport * from './inventory.ts';"],
    ['names', 'packages/chassis/src/index.ts', "export { Problem } from './problem.ts';"],
    ['types', 'dev/stack/src/index.ts', "export type { A } from './a.ts';"],
    ['import, then export', 'apps/groupz/src/index.ts', "import { a } from './inventory.ts';\nexport { a };"],
  ],
  'no folder has a vague name': [
    ['in a service', 'apps/groupz/src/utils/dates.ts', ''],
    ['in a folder of a service', 'apps/groupz/src/http/helpers/dates.ts', ''],
    ['a package', 'packages/common/src/dates.ts', ''],
  ],
  'nothing is exported as default': [
    ['a statement', 'apps/groupz/src/a.ts', '\nexport default function a() {}'],
    ['a name', 'dev/stack/src/a.ts', 'const a = 1; export { a as default };'],
    ['a file passed on', 'dev/stack/src/a.ts', "const a = 1; export { default } from './b.ts';"],
  ],
  'no test is focused': [
    ['it', 'apps/groupz/test/a.test.ts', "\nit.only('a', () => {});"],
    ['describe', 'test/a.test.ts', "describe.only('a', () => {});"],
    ['each', 'test/a.test.ts', "test.concurrent.only.each([1])('a', () => {});"],
  ],
  'every service has the same four names and a README': [
    ['a service of one file', 'apps/billing/src/main.ts', ''],
    ['a folder is no domain', 'apps/billing/src/http/routes.ts', ''],
  ],
};
