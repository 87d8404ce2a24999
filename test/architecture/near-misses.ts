import type { Planted } from './planted.ts';

/** What resembles a violation and is lawful. */
export const nearMisses: Planted[] = [
  ['main opens an adapter', 'apps/groupz/src/main.ts', "import './azure/arm.ts'; import './http/routes.ts';"],
  [
    'a folder below a folder',
    'apps/groupz/src/http/v2/routes.ts',
    "import '../routes.ts'; import '../../inventory.ts';",
  ],
  [
    'an import in a comment',
    'apps/groupz/src/http/a.ts',
    "// import '../azure/arm.ts';\nconst a = \"import '../azure/arm.ts'\";",
  ],
  ['a package named like a folder', 'apps/groupz/src/http/a.ts', "import '@azure/identity'; import 'redis';"],
  [
    'a test of an app uses app, adapters and dev/',
    'apps/groupz/test/azure/arm.test.ts',
    "import '../../src/app.ts'; import '../../src/azure/arm.ts'; import '@seaworthy/azure-emulator/entra';",
  ],
  [
    'a dev program uses an app',
    'dev/acceptance/src/a.ts',
    "import '@seaworthy/groupz/src/app.ts'; import '@seaworthy/users/src/users.ts';",
  ],
  ['dev programs use each other', 'dev/stack/src/a.ts', "import '@seaworthy/azure-emulator/entra';"],
  ['dev loads a computed name', 'dev/bench/src/a.ts', 'await import(name);'],
  ['a literal import()', 'apps/groupz/src/a.ts', 'await import(`pino`);'],
  ['a contract test uses vitest', 'packages/contracts/test/a.test.ts', "import 'vitest'; import 'node:fs';"],
  ['chassis reads the environment', 'packages/chassis/src/config.ts', 'process.env;'],
  ['a test reads the environment', 'apps/groupz/test/a.test.ts', 'process.env.PORT;'],
  ['a tool reads the environment', 'apps/groupz/vitest.config.ts', 'export default process.env;'],
  ['another env', 'apps/groupz/src/a.ts', 'const { env } = options; child.env; process.platform; env.process;'],
  ['the longest source', 'apps/groupz/src/a.ts', '// line\n'.repeat(250)],
  ['the longest test', 'apps/groupz/test/a.test.ts', '// line\n'.repeat(300)],
  [
    'a re-export beside own content',
    'apps/groupz/src/a.ts',
    "export { a } from './inventory.ts';\nexport const b = 1;",
  ],
  ['an empty export', 'apps/groupz/src/a.ts', "import './inventory.ts'; export {};"],
  ['a file with a vague name', 'apps/groupz/src/http/types-of-groups.ts', ''],
  ['a vague folder in a test', 'apps/groupz/test/shared/a.ts', ''],
  ['a default export of a tool', 'dev/bench/test/reporter.ts', 'export default 1;'],
  ['another only', 'apps/groupz/src/a.ts', "columns.only('a'); const only = 1;"],
  ['a web page', 'apps/console/src/index.ts', "import './helpers.ts'; import './http/a.ts';"],
];
