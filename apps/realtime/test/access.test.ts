import { anybody } from '@seaworthy/chassis/auth';
import { expect, it } from 'vitest';
import { accessOf, requireRead, requireWrite } from '../src/access.ts';

/** What the bearer may do with the channel, as the claim would say it. */
function rightsFor(channel: string, { roles = [], channels }: { roles?: string[]; channels?: unknown }): string {
  const access = accessOf({ id: 'ada', roles, claims: { channels } });
  return (access.mayRead(channel) ? 'r' : '') + (access.mayWrite(channel) ? 'w' : '');
}

it.each<[string, string[], unknown, string]>([
  ['device01', [], undefined, ''],
  ['device01', [], {}, ''],
  ['device01', [], { 'device*': 'r', 'chat.*': 'rw' }, 'r'],
  ['chat.1', [], { 'device*': 'r', 'chat.*': 'rw' }, 'rw'],
  ['chat', [], { 'device*': 'r', 'chat.*': 'rw' }, ''],
  ['a', [], { a: 'w' }, 'w'],
  ['ab', [], { a: 'rw' }, ''],
  ['a', [], { '*': 'r', a: 'w' }, 'rw'],
  ['__proto__', [], {}, ''],
  ['constructor', [], {}, ''],
  ['a', ['Channels.Read'], undefined, 'r'],
  ['a', ['Channels.Read'], { a: 'w' }, 'rw'],
  ['a', ['Channels.ReadWrite'], undefined, 'rw'],
  ['a', ['Channels.Write', 'channels.readwrite', 'Users.ReadWrite'], undefined, ''],
])('with %s, %j and %j allow %j', (channel, roles, channels, expected) => {
  expect(rightsFor(channel, { roles, channels })).toBe(expected);
});

it.each([
  ['another right', { a: 'x' }],
  ['a right that is no text', { a: true }],
  ['an empty name', { '': 'r' }],
  ['a control character', { 'a\0': 'r' }],
  ['a long name', { ['x'.repeat(256)]: 'r' }],
  ['129 names', Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`c${at}`, 'r']))],
  ['a list', ['a']],
  ['a text', 'a'],
])('unauthenticated for a claim with %s', (_what, channels) => {
  expect(() => rightsFor('a', { channels })).toThrow(expect.objectContaining({ kind: 'unauthenticated' }));
});

it('where nobody is asked, everything is allowed for ever', () => {
  const access = accessOf(anybody);
  expect([access.mayRead('a'), access.mayWrite('a'), access.expires]).toEqual([true, true, Number.POSITIVE_INFINITY]);
});

it('who has shown nothing may do nothing', () => {
  const forbidden = expect.objectContaining({ kind: 'forbidden' });
  expect(() => requireRead(undefined, 'a')).toThrow(forbidden);
  expect(() => requireWrite(undefined, 'a')).toThrow(forbidden);
});
