import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isRunning, launchersOf, type ProcessFacts } from '../src/process-ancestors.ts';
import { createSignalCounter } from '../src/stop-requests.ts';

describe('signals', () => {
  function arrange() {
    const heard: string[] = [];
    let time = 5000;
    const onStop = (reason: string) => heard.push(reason);
    const count = createSignalCounter({ onStop, onForce: () => heard.push('force') }, () => time);
    return { heard, count, pass: (ms: number) => (time += ms) };
  }

  it('within a second are one request', () => {
    const { heard, count, pass } = arrange();
    count('SIGINT');
    pass(999);
    count('SIGINT');
    expect(heard).toEqual(['SIGINT']);
  });

  it('later than that are a wish to wait no longer', () => {
    const { heard, count, pass } = arrange();
    count('SIGINT');
    pass(1000);
    count('SIGINT');
    expect(heard).toEqual(['SIGINT', 'force']);
  });
});

describe('what started the stack', () => {
  const processes: Record<number, { parent: number; command: string }> = {
    10: { parent: 1, command: '/bin/bash' },
    11: { parent: 10, command: 'npm exec pnpm@12 dev' },
    12: { parent: 11, command: 'sh -c pnpm dev' },
    13: { parent: 12, command: '/store/pnpm dev' },
    14: { parent: 13, command: 'sh -c node dev/stack/src/main.ts' },
    20: { parent: 10, command: 'node dev/stack/src/main.ts' },
  };
  const lookUp = (pid: number) => processes[pid];

  it('is everything up to the outermost npm, npx or pnpm', () => {
    expect(launchersOf(14, lookUp)).toEqual([14, 13, 12, 11]);
  });

  it('does not reach a shell that only names one of them, and may end first', () => {
    const shell = { parent: 1, command: 'sh -c npx -y pnpm@12 dev & sleep 9' };
    const npx = { parent: 30, command: 'npm exec pnpm@12 dev' };
    const stack = { parent: 31, command: 'node dev/stack/src/main.ts' };
    const known: Record<number, ProcessFacts> = { 30: shell, 31: npx, 32: stack };
    expect(launchersOf(32, (pid) => known[pid])).toEqual([32, 31]);
  });

  it('is nothing when a person started it', () => {
    expect(launchersOf(20, lookUp)).toEqual([]);
  });

  it('ends where the system knows nothing more', () => {
    expect(launchersOf(99, lookUp)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a process', () => {
  it('runs until it ends', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await once(child, 'spawn');
    expect(isRunning(child.pid ?? 0)).toBe(true);
    child.kill();
    await once(child, 'exit');
    expect(isRunning(child.pid ?? 0)).toBe(false);
  });

  it('has ancestors that the system knows', () => {
    expect(isRunning(process.ppid)).toBe(true);
    expect(Array.isArray(launchersOf(process.pid))).toBe(true);
  });
});
