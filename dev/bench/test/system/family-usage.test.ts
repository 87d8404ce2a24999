import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { familyReader, parentOf, sumOfPs, sumOfStats } from '../../src/system/family-usage.ts';

const stat = (pid: number, parent: number, [user, system, endedUser, endedSystem]: readonly number[]) =>
  `${pid} (a ) name) S ${parent} 42 42 0 -1 4194560 1 0 0 0 ${user} ${system} ${endedUser} ${endedSystem} 20 0 1 0 1 2`;

it('adds up a process, its children, and those that have ended', () => {
  const family = [stat(7, 1, [100, 50, 30, 20]), stat(8, 7, [400, 0, 9000, 0]), stat(70, 1, [9000, 0, 0, 0]), ''];
  expect(sumOfStats(7, family, 100)).toBe(6);
});

it('adds up the lines of ps', () => {
  expect(sumOfPs(7, '    7     1   0:01.50  2048\n    8     7   0:02.00  2048\n   70     1   1:00.00  2048\n')).toBe(
    3.5,
  );
});

it.runIf(process.platform === 'linux')('sees the work of a child that has ended', () => {
  const read = familyReader('linux');
  const before = read(process.pid);
  const { system, user } = process.cpuUsage();
  execFileSync(process.execPath, ['-e', 'while (process.cpuUsage().user < 300_000);']);
  const own = process.cpuUsage({ system, user });
  expect(read(process.pid) - before).toBeGreaterThan((own.system + own.user) / 1e6 + 0.2);
});

it.runIf(process.platform === 'linux')('knows the parent of a process', () => {
  expect(parentOf(process.pid)).toMatchObject({ parent: process.ppid });
  expect(parentOf(0)).toBeUndefined();
});
