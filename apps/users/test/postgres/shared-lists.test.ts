import { expect, it } from 'vitest';
import { sharedLists } from '../../src/postgres/shared-lists.ts';

/** Lists what it was asked with, and remembers that. */
function lists() {
  const asked: string[] = [];
  const list = sharedLists(async ({ text, values }) => {
    asked.push([text, ...values].join(' '));
    return asked.length;
  });
  return { asked, list };
}

it('asks once for the same list of a turn, and apart for others', async () => {
  const { asked, list } = lists();
  const statements = [1, 2, 1].map((value) => ({ text: 'list', values: [value] }));
  expect(await Promise.all(statements.map(list))).toEqual([1, 2, 1]);
  expect(asked).toEqual(['list 1', 'list 2']);
});

it('asks anew for who comes later, and after every call that it answers', async () => {
  const { asked, list } = lists();
  const first = list({ text: 'list', values: [] });
  expect(asked).toEqual([]);
  await first;
  expect(await list({ text: 'list', values: [] })).toBe(2);
});
