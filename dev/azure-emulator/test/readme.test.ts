import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Settings } from '../src/config.ts';
import { FAULT_KINDS, FaultRequest } from '../src/faults.ts';
import { FUNCTIONS } from '../src/resource-graph/functions.ts';
import { OPERATORS } from '../src/resource-graph/operators.ts';

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

it('the README names every operator and function of the query language', () => {
  const operators = [...OPERATORS.keys()].map((name) => (name === 'order' || name === 'sort' ? `${name} by` : name));
  for (const name of [...operators, ...FUNCTIONS.keys()]) expect(readme).toContain(`\`${name}\``);
});

it('the README names every target and every property of a fault', () => {
  const names = FaultRequest.anyOf.flatMap((variant) => Object.keys(variant.properties));
  const own = names.filter((name) => !['match', 'kind'].includes(name));
  for (const name of [...own, 'arm', 'graph', 'entra', 'imds']) expect(readme).toContain(`\`${name}\``);
});
