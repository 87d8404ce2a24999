import { expect, it } from 'vitest';
import { parsePs, parseStat, usageReader } from '../../src/system/usage.ts';

it('reads user and kernel time out of /proc, whatever the program is called', () => {
  const stat = '42 (a ) name) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 7 8 20 0 11 0 1000 1 2';
  expect(parseStat(stat, 100)).toBe(3);
});

it.for([
  ['  0:01.23   2048\n', { cpuSeconds: 1.23, rssMebibytes: 2 }],
  ['00:02:03 1024', { cpuSeconds: 123, rssMebibytes: 1 }],
  ['1-01:00:01 1024', { cpuSeconds: 90_001, rssMebibytes: 1 }],
] as const)('reads the line of ps: %s', ([line, usage]) => {
  expect(parsePs(line)).toEqual(usage);
});

it.runIf(process.platform === 'linux')('agrees with what a process knows of itself', () => {
  const { cpuSeconds, rssMebibytes } = usageReader('linux').read(process.pid);
  const { user, system } = process.cpuUsage();
  expect(Math.abs(cpuSeconds - (user + system) / 1e6)).toBeLessThan(0.2);
  expect(rssMebibytes).toBeGreaterThan(10);
});

it('says where it can run instead of Windows', () => {
  expect(() => usageReader('win32')).toThrow('run the bench in WSL, on Linux or macOS');
});
