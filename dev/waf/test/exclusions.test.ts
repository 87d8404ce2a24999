import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { withoutRule } from '../src/exclusions.ts';

const folder = resolve(import.meta.dirname, '..');
const [exclusions, readme] = await Promise.all(
  ['exclusions.conf', 'README.md'].map((name) => readFile(resolve(folder, name), 'utf8')),
);

const idsIn = (text = '') => [...text.matchAll(/"id:(\d+),/g)].map(([, id]) => id);

test('one rule is taken out with its comment, and the others stay', () => {
  const rest = withoutRule(exclusions ?? '', '200006');
  expect(idsIn(rest)).toEqual(idsIn(exclusions).filter((id) => id !== '200006'));
  expect(rest).not.toContain('blind spot');
});

test('a rule that is not there cannot be taken out', () => {
  expect(() => withoutRule(exclusions ?? '', '999999')).toThrow('no rule 999999');
});

test('the README names every exclusion, and none that there is not', () => {
  const cells = [...(readme ?? '').matchAll(/^\| (`\d+`[^|]*)\|/gm)].map(([, cell]) => cell);
  const named = cells.join('').match(/\d+/g);
  expect(named).toEqual(idsIn(exclusions));
});
