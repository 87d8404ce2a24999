import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { hasPackages, installPackages } from '../../src/pnpm/own-packages.ts';
import { stageOptions } from '../stage-options.ts';

const pnpm = 'mkdir -p node_modules/.pnpm && cp pnpm-lock.yaml node_modules/.pnpm/lock.yaml';

/** A folder with a lockfile, and in the place of npx a script that notes down how it was called. */
function folderWith(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'own-packages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [npx, calls] = [join(folder, 'npx'), join(folder, 'calls')];
  writeFileSync(calls, '');
  writeFileSync(npx, `#!/bin/sh\necho "$@" >> calls\n${script}\n`, { mode: 0o755 });
  const lock = (text: string) => writeFileSync(join(folder, 'pnpm-lock.yaml'), text);
  lock('pizza: 1.0.0');
  const install = (options = stageOptions()) => installPackages(folder, options, npx);
  return { folder, lock, install, calls: () => readFileSync(calls, 'utf8').split('\n').slice(0, -1) };
}

it('installs what the lockfile says, once', async () => {
  const { folder, install, calls } = folderWith(pnpm);
  expect(hasPackages(folder)).toBe(false);
  expect([await install(), await install()]).toEqual([undefined, undefined]);
  expect(calls()).toEqual(['-y pnpm@12 install --frozen-lockfile']);
  expect(hasPackages(folder)).toBe(true);
});

it('installs again when the lockfile is another', async () => {
  const { folder, lock, install, calls } = folderWith(pnpm);
  await install();
  lock('pizza: 2.0.0');
  expect(hasPackages(folder)).toBe(false);
  await install();
  expect([hasPackages(folder), calls().length]).toEqual([true, 2]);
});

it('says that pnpm failed, and takes nothing for installed, not even by the lockfile before', async () => {
  const { folder, lock, install } = folderWith(`mkdir node_modules 2>/dev/null || exit 3; ${pnpm}`);
  await install();
  lock('pizza: 2.0.0');
  expect(await install()).toBe('pnpm install ended with 3');
  lock('pizza: 1.0.0');
  expect(hasPackages(folder)).toBe(false);
});

it('says that pnpm left something else', async () => {
  const { install } = folderWith(`${pnpm} && echo pasta >> node_modules/.pnpm/lock.yaml`);
  expect(await install()).toBe('pnpm install left other packages than the lockfile has');
});

it('says that there is no npx', async () => {
  const { folder } = folderWith('');
  expect(await installPackages(folder, stageOptions(), '/nowhere/npx')).toBe('there is no /nowhere/npx');
});

it('throws when it is interrupted, and ends what npx has started', async () => {
  const endless = `trap 'touch ended; exit' TERM; touch started; while [ -e calls ]; do sleep 0.02; done`;
  const { folder, install } = folderWith(`(${endless}) & wait`);
  const isThere = (name: string) => () => existsSync(join(folder, name));
  const interruption = new AbortController();
  const done = install(stageOptions({ signal: interruption.signal }));
  await vi.waitUntil(isThere('started'));
  interruption.abort();
  await expect(done).rejects.toThrow('aborted');
  await vi.waitUntil(isThere('ended'));
});
