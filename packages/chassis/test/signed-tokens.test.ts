import { expect, test } from 'vitest';
import { SignedTokens } from '../src/signed-tokens.ts';

const tokens = new SignedTokens(() => 'a key of all replicas');
const content = Buffer.from('after olives');
const token = tokens.write(content, 'name');

test.each([0, 1, 12, 1000])('reads the %d bytes that it wrote, as another process with the same key does', (length) => {
  const written = tokens.write(Buffer.alloc(length, 'x'), 'name');
  expect(written).toMatch(/^[\w-]+$/);
  expect(new SignedTokens(() => 'a key of all replicas').read(written, 'name')).toEqual(Buffer.alloc(length, 'x'));
});

test('tells the token of another query', () => {
  expect(tokens.read(token, '-name')).toBe('other-query');
});

test('tells the token of another key from one that was made up', () => {
  expect(new SignedTokens(() => 'the key before').read(token, 'name')).toBe('other-key');
});

test('follows the key as it is rotated', () => {
  let key = 'first';
  const rotated = new SignedTokens(() => key);
  const before = rotated.write(content, 'name');
  key = 'second';
  expect(rotated.read(before, 'name')).toBe('other-key');
  expect(rotated.read(rotated.write(content, 'name'), 'name')).toEqual(content);
});

test.each([
  ['nothing', ''],
  ['a word', 'next'],
  ['the shortest token without its end', tokens.write(Buffer.alloc(0), 'name').slice(0, -2)],
  ['a truncated token', token.slice(0, -4)],
  ['a longer token', `${token}AAAA`],
  ['a token with padding', `${token}==`],
  ['a token with a space', ` ${token}`],
  ['another spelling of the last bits', tokens.write(Buffer.alloc(3), 'name').replace(/.$/, '_')],
])('refuses %s', (_name, made) => {
  expect(tokens.read(made, 'name')).toBe('malformed');
});

test('refuses a token with a single bit changed after the name of the key', () => {
  const bytes = Buffer.from(token, 'base64url');
  for (let at = 4; at < bytes.length; at += 1) {
    const forged = Buffer.from(bytes);
    forged[at] = (forged[at] ?? 0) ^ 1;
    expect(tokens.read(forged.toString('base64url'), 'name')).toBe('malformed');
  }
});
