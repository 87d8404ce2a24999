import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hasOrms } from '../../src/users/orms.ts';

const folder = fileURLToPath(new URL('../../orms', import.meta.url));
const require = createRequire(import.meta.url);

it.for(['express', 'fastify', 'pg'])('has the %s that everybody else has', (name) => {
  const { dependencies } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  expect(dependencies[name]).toBe(require(`${name}/package.json`).version);
});

// The project's type check does not reach them: their packages are installed on demand.
it.skipIf(!hasOrms())('has no error of types', () => {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});
