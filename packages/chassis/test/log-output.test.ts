import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LogOutput } from '../src/log-output.ts';

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const path = join(folder, 'lines');
  const fd = openSync(path, 'w');
  onTestFinished(() => {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  });
  return { output: new LogOutput(fd), text: () => readFileSync(path, 'utf8') };
}

test('lines are written in their order', async () => {
  const { output, text } = open();
  for (const line of ['a\n', 'bé\n', 'c\n']) output.write(line);
  await vi.waitUntil(() => text().endsWith('c\n'));
  output.write('d\n');
  await vi.waitUntil(() => text() === 'a\nbé\nc\nd\n');
});

test('a flush writes all that is waiting', async () => {
  const { output, text } = open();
  output.write('a\n');
  await vi.waitUntil(() => text() === 'a\n');
  output.write('b\n');
  output.write('c\n');
  output.flushSync();
  expect(text()).toContain('c\n');
});

test('many lines, some long, are all written and in their order', async () => {
  const { output, text } = open();
  const lines = Array.from({ length: 1000 }, (_, count) => `${count} ${'x'.repeat(count % 100)}\n`);
  for (const [count, line] of lines.entries()) {
    output.write(line);
    if (count % 10 === 0) await new Promise(setImmediate);
  }
  await vi.waitUntil(() => text() === lines.join(''));
});

test.each([
  ['returns', ''],
  ['exits', 'process.exit(0)'],
  ['meets a bug that nobody catches', 'throw new Error("a bug")'],
])('a program that %s has written all of its lines', (_name, end) => {
  const source = new URL('../src/log.ts', import.meta.url).href;
  const program = `import { createLog } from '${source}';
    const log = createLog({ name: 'pizza', level: 'info' });
    for (let count = 0; count < 5; count += 1) {
      log.info('line ' + count);
      await new Promise(setImmediate);
    }
    ${end}`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(stdout.match(/line \d/g)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
});

test('lines beyond 16 MiB that wait are dropped, later ones are written', async () => {
  const { output, text } = open();
  const megabyte = 'x'.repeat(2 ** 20);
  for (let count = 0; count < 20; count += 1) output.write(megabyte);
  await vi.waitUntil(() => text().length >= 17 * 2 ** 20);
  output.write('end');
  await vi.waitUntil(() => text().endsWith('end'));
  expect(text().length).toBe(17 * 2 ** 20 + 3);
});

test('an output that takes nothing is no error, neither in the background nor in a flush', async () => {
  const fd = openSync(tmpdir(), 'r'); // reading only: each write fails
  onTestFinished(() => closeSync(fd));
  const output = new LogOutput(fd);
  output.write('a\n');
  output.write('b\n');
  output.flushSync();
});
