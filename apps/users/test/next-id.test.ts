import { expect, it } from 'vitest';
import { idSequence, nextId } from '../src/next-id.ts';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('makes ids in ascending order, however fast', () => {
  const ids = Array.from({ length: 10_000 }, nextId);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(pattern);
});

it('goes on where the clock goes back', () => {
  const random = ['01a20aae-9b5e-7328-b625-32d79f120a4b', '01a20aae-0000-7172-aa6f-b4f0d4fd934c'].values();
  const next = idSequence(() => random.next().value ?? '');
  const [first = '', second = ''] = [next(), next()];
  expect(second > first).toBe(true);
  expect(second).toMatch(/^01a20aae-9b5e-7328-b625-/);
});
