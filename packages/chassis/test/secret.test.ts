import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, expect, test, vi } from 'vitest';
import { followSecretFile, Secret, secretSetting } from '../src/secret.ts';
import { defineSettings, readSettings } from '../src/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

const Settings = defineSettings({
  OVEN_KEY: secretSetting({ description: 'Opens the oven.', examples: ['key-1'], pattern: '^key-' }),
});

/** Mounts a secret the way the kubelet does: the file is a link through `..data`, which is swapped as a whole. */
function mount(name: string, version: string, value: string): string {
  const volume = join(folder, name);
  mkdirSync(join(volume, version), { recursive: true });
  writeFileSync(join(volume, version, 'oven-key'), value);
  symlinkSync(version, join(volume, '..tmp'));
  renameSync(join(volume, '..tmp'), join(volume, '..data'));
  return join(volume, 'oven-key');
}

function mounted(name: string, value: string): Secret {
  const path = mount(name, 'v1', value);
  symlinkSync(join('..data', 'oven-key'), path);
  return readSettings(Settings, { AUTH: 'none', OVEN_KEY_FILE: path }).settings.OVEN_KEY;
}

test('a secret never shows itself', () => {
  const secret = new Secret('hunter2');
  expect([`${secret}`, JSON.stringify({ secret }), inspect({ secret })].join()).not.toContain('hunter2');
});

test('X_FILE is read without its last newline', () => {
  expect(mounted('newline', 'key-1\n').value).toBe('key-1');
});

test('a swapped mount is followed', async () => {
  const secret = mounted('swap', 'key-1\n');
  mount('swap', 'v2', 'key-2\n');
  await vi.waitFor(() => expect(secret.value).toBe('key-2'), 10_000);
});

test('a swapped mount is read at once where somebody asks for that', async () => {
  const secret = mounted('at-once', 'key-1\n');
  mount('at-once', 'v2', 'key-2\n');
  const before = secret.value;
  await secret.refresh();
  expect([before, secret.value]).toEqual(['key-1', 'key-2']);
});

test('a refused value, or a file that is gone, changes nothing at once either', async () => {
  const secret = mounted('at-once-refused', 'key-1');
  mount('at-once-refused', 'v2', 'rubbish');
  await secret.refresh();
  rmSync(join(folder, 'at-once-refused'), { recursive: true });
  await secret.refresh();
  expect(secret.value).toBe('key-1');
});

test('a secret without a file stays as it is', async () => {
  const secret = new Secret('hunter2');
  await secret.refresh();
  expect(secret.value).toBe('hunter2');
});

test('a rotation to a value that is refused leaves the last good one in force', async () => {
  const path = mount('refused', 'v1', 'rubbish');
  symlinkSync(join('..data', 'oven-key'), path);
  const secret = new Secret('key-1');
  const accept = vi.fn((value: string) => value.startsWith('key-'));
  followSecretFile(secret, path, accept);
  await vi.waitFor(() => expect(accept).toHaveBeenCalledWith('rubbish'), 10_000);
  expect(secret.value).toBe('key-1');
  mount('refused', 'v2', 'key-2');
  await vi.waitFor(() => expect(secret.value).toBe('key-2'), 10_000);
});

test('the schema decides which values are accepted', async () => {
  const secret = mounted('schema', 'key-1');
  mount('schema', 'v2', 'rubbish');
  const witness = new Secret('');
  followSecretFile(witness, join(folder, 'schema', 'oven-key'), () => true);
  await vi.waitFor(() => expect(witness.value).toBe('rubbish'), 10_000);
  expect(secret.value).toBe('key-1');
});

test('a file that cannot be read is told with its path', () => {
  const env = { AUTH: 'none', OVEN_KEY_FILE: '/nowhere/key' };
  expect(() => readSettings(Settings, env)).toThrow(
    'OVEN_KEY_FILE names a file that cannot be read (ENOENT): /nowhere/key',
  );
});

test('X and X_FILE together are refused', () => {
  const env = { AUTH: 'none', OVEN_KEY: 'key-1', OVEN_KEY_FILE: '/nowhere/key' };
  expect(() => readSettings(Settings, env)).toThrow('OVEN_KEY is set twice, also by OVEN_KEY_FILE');
});
