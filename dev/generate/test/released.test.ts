import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { goIsHere } from '../src/breaking-changes.ts';
import { asReleased, brokenPromises } from '../src/released.ts';
import { type Change, changed, unchanged } from './things.ts';

const change: Change = ['things', '/post'];
const before = JSON.stringify(unchanged([change]));
const after = JSON.stringify(changed([change]));
const go = { skip: !goIsHere() };

/** A folder with the contracts as they were when they were released. */
async function released(contracts: ReadonlyMap<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'released-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const { path, text } of asReleased(contracts)) await writeFile(join(folder, path.replace(/.*\//, '')), text);
  return folder;
}

test('nothing is broken right after a release (needs Go)', go, async () => {
  const contracts = new Map([['things', before]]);
  expect(await brokenPromises(contracts, await released(contracts))).toEqual([]);
});

test('a break is told with the name of its service (needs Go)', go, async () => {
  const folder = await released(new Map([['things', before]]));
  expect(await brokenPromises(new Map([['things', after]]), folder)).toEqual([
    'things: POST /things api removed without deprecation [api-removed-without-deprecation]',
  ]);
});

test(
  'a service that is gone has broken every promise, and one that was never released is named (needs Go)',
  go,
  async () => {
    const folder = await released(new Map([['things', before]]));
    const [unreleased, ...broken] = await brokenPromises(new Map([['others', before]]), folder);
    expect(unreleased).toMatch(/^others: was never released/);
    expect(broken).toEqual([expect.stringContaining('things: GET /things'), expect.stringContaining('things: POST')]);
  },
);

test('a release empties the list of breaks that were agreed to', () => {
  const files = asReleased(new Map([['things', before]]));
  expect(files.map(({ path }) => path)).toEqual([
    'docs/api/released/things.openapi.json',
    'docs/api/released/accepted-breaks.md',
  ]);
  expect(files.at(-1)?.text).not.toContain('/');
});
