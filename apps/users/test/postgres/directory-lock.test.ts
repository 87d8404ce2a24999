import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockDirectory } from '../../src/postgres/directory-lock.ts';

it('is held by one at a time, and can be given back', () => {
  const directory = mkdtempSync(join(tmpdir(), 'users-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const unlock = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(`another process uses ${directory}: stop it, or set DATABASE_DIR`);
  unlock();
  lockDirectory(directory)();
});

it('fails as it is where there is no such directory', () => {
  expect(() => lockDirectory('/nowhere/at/all')).toThrow('unable to open database file');
});
