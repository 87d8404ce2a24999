import { expect, it } from 'vitest';
import { readCommand } from '../../src/ws/plain-commands.ts';

it.each(['join', 'leave'])('reads %s', (type) => {
  expect(readCommand(JSON.stringify({ type, channel: 'a' }))).toEqual({ type, channel: 'a' });
});

it.each([
  ['', 'malformed'],
  ['{', 'malformed'],
  ['null', 'malformed'],
  ['7', 'malformed'],
  ['"join"', 'malformed'],
  ['[]', 'malformed'],
  ['{}', 'malformed'],
  [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'malformed'],
  [`{"type":"join","channel":"a","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'malformed'],
  ['{"type":"join","channel":"a","since":1}', 'malformed'],
  ['{"type":"publish","channel":"a"}', 'unknown-type'],
  ['{"type":["join"],"channel":"a"}', 'unknown-type'],
  ['{"type":"toString","channel":"a"}', 'unknown-type'],
  ['{"type":"join"}', 'bad-channel'],
  ['{"type":"join","channel":{}}', 'bad-channel'],
  ['{"type":"join","channel":"\\u0000"}', 'bad-channel'],
  ['{"type":"join","channel":"\\ud800"}', 'bad-channel'],
  ['{"type":"join","__proto__":{"channel":"a"}}', 'bad-channel'],
])('refuses %.40s as %s', (text, code) => {
  expect(readCommand(text)).toMatchObject({ type: 'error', code });
});

it.each(['', 'a\nb', '\ud800'])('sends a bad name back, as it was: %j', (channel) => {
  expect(readCommand(JSON.stringify({ type: 'join', channel }))).toMatchObject({ code: 'bad-channel', channel });
});

it('cuts a name that is far too long, and sends back nothing that is no name', () => {
  expect(readCommand(JSON.stringify({ type: 'join', channel: 'x'.repeat(60_000) }))).toHaveProperty(
    'channel',
    'x'.repeat(256),
  );
  expect(readCommand('{"type":"join","channel":7}')).not.toHaveProperty('channel');
});
