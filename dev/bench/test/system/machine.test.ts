import { expect, it } from 'vitest';
import { describeMachine } from '../../src/system/machine.ts';

it('names cores, system and Node on one line when nothing else runs', () => {
  const lines = describeMachine(0.1, 8);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^8 cores .*Node \d+\.\d+\.\d+, load average 0\.10$/);
});

it('warns when something else runs', () => {
  expect(describeMachine(1.5, 8)[1]).toBe('Warning: something else is running here (load average 1.50): expect noise.');
});
