import { expect, it } from 'vitest';
import { PageTokens } from '../src/page-tokens.ts';

const place = { catalogId: 'AbC-_f0123456789', offset: 70_000 };
const tokens = new PageTokens(() => 'a key of all replicas');
const token = tokens.write({ ...place, query: 'name' });

it('reads what it wrote, and another process with the same key does', () => {
  expect(tokens.read(token, 'name')).toEqual(place);
  expect(new PageTokens(() => 'a key of all replicas').read(token, 'name')).toEqual(place);
});

it('fits into the query of a URL as it is', () => {
  expect(token).toMatch(/^[\w-]{1,100}$/);
});

it('tells the token of another query', () => {
  expect(tokens.read(token, '-name')).toBe('other-query');
});

it('tells the token of another key from one that was made up', () => {
  expect(new PageTokens(() => 'the key before').read(token, 'name')).toBe('other-key');
});

it('follows the key as it is rotated', () => {
  let key = 'first';
  const rotated = new PageTokens(() => key);
  const before = rotated.write({ ...place, query: 'name' });
  key = 'second';
  expect(rotated.read(before, 'name')).toBe('other-key');
  expect(rotated.read(rotated.write({ ...place, query: 'name' }), 'name')).toEqual(place);
});

it.each([
  ['nothing', ''],
  ['a word', 'next'],
  ['a truncated token', token.slice(0, -4)],
  ['a longer token', `${token}AAAA`],
  ['a token with padding', `${token}==`],
  ['a token in the other alphabet', token.replaceAll('-', '+').replaceAll('_', '/').replace(/^./, '+')],
])('refuses %s', (_name, made) => {
  expect(tokens.read(made, 'name')).toBe('malformed');
});

it('refuses a token with a single bit changed after the name of the key', () => {
  const bytes = Buffer.from(token, 'base64url');
  for (let at = 4; at < bytes.length; at += 1) {
    const forged = Buffer.from(bytes);
    forged[at] = (forged[at] ?? 0) ^ 1;
    expect(tokens.read(forged.toString('base64url'), 'name')).toBe('malformed');
  }
});
