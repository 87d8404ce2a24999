import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findInstallation, usualPlaces } from '../src/installation.ts';

const pieces = ['nginx', 'module', 'engine', 'setup', 'rules'] as const;

async function placesWith(names: readonly (typeof pieces)[number][]) {
  const folder = await mkdtemp(join(tmpdir(), 'waf-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of names) await writeFile(join(folder, name), '');
  const at = (name: string) => [join(folder, 'elsewhere', name), join(folder, name)];
  return {
    folder,
    places: Object.fromEntries(pieces.map((name) => [name, at(name)])) as ReturnType<typeof usualPlaces>,
  };
}

test('every piece is taken from the first place that has it', async () => {
  const { folder, places } = await placesWith(pieces);
  const expected = Object.fromEntries(pieces.map((name) => [name, join(folder, name)]));
  expect(await findInstallation(places)).toEqual(expected);
});

test('what is missing is told as packages, each once', async () => {
  const { places } = await placesWith(['nginx', 'rules']);
  expect(await findInstallation(places)).toEqual({ missing: ['libnginx-mod-http-modsecurity', 'modsecurity-crs'] });
});

test('nginx is looked for on the search path first, then where root has it', () => {
  expect(usualPlaces('/a:/b').nginx).toEqual(['/a/nginx', '/b/nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx']);
});
