import { createLog } from '@seaworthy/chassis/log';
import { expect, it } from 'vitest';
import { keepHouse } from '../src/housekeeping.ts';
import { handPause } from './hand-pause.ts';
import { silentLog } from './users-server.ts';

it('tidies up within the first hour, and then every hour', async () => {
  const { pause, pauses, end } = handPause();
  let tidied = 0;
  const house = keepHouse({ tidy: async () => (tidied += 1), log: silentLog, pause, random: () => 0.5 });
  await end();
  await end();
  expect(tidied).toBe(2);
  expect(pauses).toEqual([1_800_000, 3_600_000, 3_600_000]);
  await house.close?.();
});

it('goes on after a failure, which the log tells', async () => {
  const lines: string[] = [];
  const log = createLog({ name: 'users', level: 'warn', destination: { write: (line) => void lines.push(line) } });
  const { pause, end } = handPause();
  const house = keepHouse({ tidy: () => Promise.reject(new Error('no database')), log, pause });
  await end();
  await end();
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('no database');
  await house.close?.();
});

it('does nothing more once it is closed', async () => {
  const { pause } = handPause();
  let tidied = 0;
  await keepHouse({ tidy: async () => (tidied += 1), log: silentLog, pause }).close?.();
  expect(tidied).toBe(0);
});
