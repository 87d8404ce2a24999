import { expect, it } from 'vitest';
import { batchedFinds } from '../../src/postgres/batched-finds.ts';

/** Finds the capital letter of each small one, and remembers what it was asked. */
function capitals() {
  const asked: (readonly string[])[] = [];
  const find = batchedFinds(async (ids) => {
    asked.push(ids);
    if (ids.includes('broken')) throw new Error('broken');
    return new Map(ids.filter((id) => id !== '?').map((id) => [id, id.toUpperCase()]));
  });
  return { asked, find };
}

it('asks once for all of a turn, and tells each what is its own', async () => {
  const { asked, find } = capitals();
  expect(await Promise.all(['b', 'a', '?', 'b'].map(find))).toEqual(['B', 'A', undefined, 'B']);
  expect(asked).toEqual([['b', 'a', '?']]);
});

it('asks anew for who comes later', async () => {
  const { asked, find } = capitals();
  await find('a');
  await find('a');
  expect(asked).toEqual([['a'], ['a']]);
});

it('asks several times for very many', async () => {
  const { asked, find } = capitals();
  await Promise.all(Array.from({ length: 250 }, (_, i) => find(`${i}`)));
  expect(asked.map((ids) => ids.length)).toEqual([100, 100, 50]);
});

it('fails for all of a turn, and for nobody else', async () => {
  const { find } = capitals();
  const turn = await Promise.allSettled(['a', 'broken'].map(find));
  expect(turn.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await find('a')).toBe('A');
});
