import { expect, it } from 'vitest';
import { batchedWrites } from '../../src/postgres/batched-writes.ts';

/** Writes texts, of which the first letter is what they are written to; remembers what was written together. */
function writer(together: (writes: readonly string[]) => Promise<void> = async () => undefined) {
  const done: string[] = [];
  const write = batchedWrites<string, string>({
    idOf: (text) => text[0] as string,
    kindOf: (text) => (text.endsWith('!') ? undefined : text.slice(1)),
    async together(writes) {
      await together(writes);
      done.push(writes.join('+'));
      return new Map(writes.filter((text) => !text.startsWith('?')).map((text) => [text[0] as string, 'together']));
    },
    async alone(text) {
      done.push(text);
      return 'alone';
    },
  });
  return { done, write };
}

it('writes together what comes in one turn, and alone what comes by itself', async () => {
  const { done, write } = writer();
  expect(await Promise.all(['a', 'b'].map(write))).toEqual(['together', 'together']);
  expect(await write('c')).toBe('alone');
  expect(done).toEqual(['a+b', 'c']);
});

it('keeps kinds apart, and leaves alone what has none', async () => {
  const { done, write } = writer();
  await Promise.all(['a1', 'b2', 'c1', 'd2', 'e!'].map(write));
  expect(done).toEqual(['e!', 'a1+c1', 'b2+d2']);
});

it('does not write twice to the same together, nor while the first is under way', async () => {
  let finish = () => undefined as unknown;
  const { done, write } = writer(() => new Promise<void>((resolve) => (finish = resolve)));
  const both = ['a', 'a', 'b'].map(write);
  expect(await both[1]).toBe('alone');
  await new Promise(setImmediate);
  expect(await write('b')).toBe('alone');
  finish();
  await Promise.all(both);
  expect(done).toEqual(['a', 'b', 'a+b']);
});

it('writes alone what was left undone', async () => {
  const { done, write } = writer();
  expect(await Promise.all(['a', '?', 'b'].map(write))).toEqual(['together', 'alone', 'together']);
  expect(done).toEqual(['a+?+b', '?']);
});

it('writes each alone when they fail together', async () => {
  const { done, write } = writer(() => Promise.reject(new Error('broken')));
  expect(await Promise.all(['a', 'b'].map(write))).toEqual(['alone', 'alone']);
  expect(done).toEqual(['a', 'b']);
});

it('writes very many in several parts', async () => {
  const { done, write } = writer();
  const letters = Array.from({ length: 120 }, (_, i) => String.fromCodePoint(0x4e00 + i));
  await Promise.all(letters.map(write));
  expect(done.map((text) => text.split('+').length)).toEqual([50, 50, 20]);
});
