import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { isSource, watchSources } from '../../src/processes/source-watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'source-watch-'));
let stop = () => {};
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a burst of changes below the folder is told once', async () => {
  mkdirSync(join(folder, 'http'));
  const changes: string[] = [];
  stop = watchSources({ folders: [folder, join(folder, 'missing')], onChange: (file) => changes.push(file) });
  writeFileSync(join(folder, 'http', 'notes.swp'), '');
  writeFileSync(join(folder, 'app.ts'), '1');
  writeFileSync(join(folder, 'http', 'route.ts'), '1');
  await expect.poll(() => changes, { timeout: 5000 }).toEqual([join('http', 'route.ts')]);
});

it.each([
  ['app.ts', true],
  [join('http', 'page.css'), true],
  ['0001-users.sql', true],
  ['.app.ts.swp', false],
  ['.#app.ts', false],
  ['app.ts~', false],
  ['4913', false],
  ['README.md', false],
])('%s is a source: %s', (file, expected) => {
  expect(isSource(file)).toBe(expected);
});
