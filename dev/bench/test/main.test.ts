import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { caseList } from '../src/case-list.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const bench = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });

it('0 lists the cases, one line each', () => {
  const { status, stdout } = bench();
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(1 + caseList.length);
  expect(stdout).toContain('  http    What does chassis cost');
});

it('0 prints the help', () => {
  const { status, stdout } = bench('--help');
  expect(status).toBe(0);
  expect(stdout).toContain('Usage: pnpm bench <case> [options]');
});

it('2 names the cases that there are, and no stack', () => {
  const { status, stdout, stderr } = bench('htpp');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^There is no case "htpp". There are:\n {2}groupz {2}What/);
  expect(stderr).not.toContain('    at ');
});

it('gives every case a name of its own', () => {
  const names = caseList.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
