import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Settings } from '../src/config.ts';
import { FAULT_KINDS } from '../src/faults.ts';

interface Described {
  readonly default?: unknown;
  readonly description?: string;
}

const packageDir = join(import.meta.dirname, '..');
// The formatter pads the cells of a table.
const readme = readFileSync(join(packageDir, 'README.md'), 'utf8').replaceAll(/ +/g, ' ');
const settings = Object.entries(Settings.properties as unknown as Record<string, Described>);

it.for(settings)('the README has a row for %s', ([name, schema]) => {
  const fallback = String(schema.default).replace(`${packageDir}/`, './');
  expect(readme).toContain(`| \`${name}\` | ${schema.description} | \`${fallback}\` |`);
});

it('the README names every kind of fault', () => {
  for (const kind of FAULT_KINDS) expect(readme).toContain(`\`${kind}\``);
});
