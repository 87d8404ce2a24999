import { setImmediate } from 'node:timers/promises';
import { Problem } from '@seaworthy/chassis/problem';
import { expect, it } from 'vitest';
import { ChangeLog } from '../src/change-log.ts';
import { added } from './change-examples.ts';

const never = new AbortController().signal;

function logOf(capacity: number, ...names: string[]) {
  const log = new ChangeLog({ capacity });
  const start = log.cursor;
  log.append(added(...names));
  return { log, start };
}

const namesOf = ({ changes }: ReturnType<ChangeLog['since']>) => changes.map(({ change }) => change.group.name);

function kindOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.kind;
    throw error;
  }
  return undefined;
}

it('hands over what follows a cursor, each change with the cursor of those who know it', () => {
  const { log, start } = logOf(10, 'rg-a', 'rg-b', 'rg-c');
  const { changes } = log.since(start, 10);
  expect(changes.map(({ change }) => change.group.name)).toEqual(['rg-a', 'rg-b', 'rg-c']);
  expect(changes.map(({ cursor }) => namesOf(log.since(cursor, 10)))).toEqual([['rg-b', 'rg-c'], ['rg-c'], []]);
});

it('hands over nothing after its own cursor, and the same cursor', () => {
  const { log } = logOf(10, 'rg-a');
  expect(log.since(log.cursor, 10)).toEqual({ changes: [], cursor: log.cursor });
});

it('hands over at most so many, and the cursor to go on from', () => {
  const { log, start } = logOf(10, 'rg-a', 'rg-b', 'rg-c');
  const first = log.since(start, 2);
  expect(namesOf(first)).toEqual(['rg-a', 'rg-b']);
  expect(namesOf(log.since(first.cursor, 2))).toEqual(['rg-c']);
});

it('keeps exactly as many as it has room for', () => {
  const { log, start } = logOf(3, 'rg-a', 'rg-b', 'rg-c');
  expect(namesOf(log.since(start, 10))).toEqual(['rg-a', 'rg-b', 'rg-c']);
  log.append(added('rg-d'));
  expect(kindOf(() => log.since(start, 10))).toBe('gone');
});

it('goes round its room many times without a gap', () => {
  const log = new ChangeLog({ capacity: 3 });
  let { cursor } = log;
  for (let number = 1; number <= 20; number += 1) {
    log.append(added(`rg-${number}a`, `rg-${number}b`));
    const next = log.since(cursor, 10);
    expect(namesOf(next)).toEqual([`rg-${number}a`, `rg-${number}b`]);
    cursor = next.cursor;
  }
});

it('keeps the latest of more changes than it has room for', () => {
  const { log, start } = logOf(3, ...'abcdefgh');
  expect(kindOf(() => log.since(start, 10))).toBe('gone');
  const { cursor } = log.since(log.cursor, 10);
  log.append(added('i', 'j', 'k'));
  expect(namesOf(log.since(cursor, 10))).toEqual(['i', 'j', 'k']);
});

it('says what to do about a cursor that is too old or from before a restart', () => {
  const { log, start } = logOf(1, 'rg-a', 'rg-b');
  expect(() => log.since(start, 10)).toThrow(/too old.*Read the list again.*rel="monitor"/);
  expect(() => log.since(new ChangeLog().cursor, 10)).toThrow(/restart.*Read the list again.*rel="monitor"/);
});

it('refuses a cursor of another process as gone, also where it knows more changes', () => {
  const other = logOf(10, 'rg-a', 'rg-b').log;
  expect(kindOf(() => new ChangeLog().since(other.cursor, 10))).toBe('gone');
});

it.each([
  ['nothing', () => ''],
  ['a word', () => 'latest'],
  ['a number', () => '1'],
  ['one with a sign', (cursor: string) => cursor.replace('.', '.-')],
  ['one with a leading zero', (cursor: string) => cursor.replace('.', '.0')],
  ['one with more behind it', (cursor: string) => `${cursor} `],
  ['one with a huge number', (cursor: string) => cursor.replace(/\d+$/, '9'.repeat(40))],
  ['one ahead of all changes', (cursor: string) => cursor.replace(/\d+$/, '2')],
])('refuses %s as malformed, and says where', (_what, spoil) => {
  const { log } = logOf(10, 'rg-a');
  const errors = [{ pointer: '?since', code: 'cursor', detail: expect.any(String) }];
  expect(() => log.since(spoil(log.cursor), 10)).toThrow(expect.objectContaining({ kind: 'bad-request', errors }));
});

it('wakes everybody who waits with the next append, and not with an empty one', async () => {
  const { log } = logOf(10);
  let woken = 0;
  const both = [log.appended(never), log.appended(never)].map((wait) => wait.then(() => (woken += 1)));
  log.append([]);
  await setImmediate();
  expect([woken, log.waiting]).toEqual([0, 2]);
  log.append(added('rg-a'));
  await Promise.all(both);
  expect([woken, log.waiting]).toEqual([2, 0]);
});

it('forgets who does not wait any more', async () => {
  const { log } = logOf(10);
  const waits = new AbortController();
  const waiting = log.appended(waits.signal);
  waits.abort();
  await waiting;
  await log.appended(waits.signal);
  expect(log.waiting).toBe(0);
});

it('ends all waiting when it is closed, also later, and can still be read', async () => {
  const { log, start } = logOf(10, 'rg-a');
  const waiting = log.appended(never);
  log.close();
  await waiting;
  await log.appended(never);
  expect([log.waiting, log.closed.aborted]).toEqual([0, true]);
  expect(namesOf(log.since(start, 10))).toEqual(['rg-a']);
});
