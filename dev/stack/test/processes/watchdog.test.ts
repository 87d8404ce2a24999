import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { isRunning } from '../../src/process-ancestors.ts';
import { launchProgram } from '../../src/processes/program.ts';
import { startWatchdog } from '../../src/processes/watchdog-link.ts';

const waiting = 'setInterval(() => {}, 1000)';

function launch() {
  const program = { name: 'test', command: process.execPath, args: ['-e', waiting], folder: '.', environment: {} };
  return launchProgram(program, () => undefined);
}

it('ends what still runs when the stack is gone', async () => {
  const [source, link] = ['program.ts', 'watchdog-link.ts'].map((file) =>
    resolve(import.meta.dirname, '../../src/processes', file),
  );
  const stack = `
    const { launchProgram } = await import(${JSON.stringify(source)});
    const { startWatchdog } = await import(${JSON.stringify(link)});
    const program = { name: 'test', command: process.execPath, args: ['-e', ${JSON.stringify(waiting)}], folder: '.', environment: {} };
    const running = launchProgram(program, () => {});
    startWatchdog().guard(running);
    console.log(running.pid);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', stack]);
  const [pid] = await once(child.stdout, 'data');
  expect(isRunning(Number(pid))).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isRunning(Number(pid)), { timeout: 10_000 }).toBe(false);
});

it('lets go of what ended, and of itself, when the stack says goodbye', async () => {
  const watchdog = startWatchdog();
  const running = launch();
  watchdog.guard(running);
  running.kill();
  await running.exited;
  await watchdog.close();
});
