import { describe, expect, it } from 'vitest';
import { ada, usersServer } from '../users-server.ts';

const tooMany = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, '']));

const refused: [title: string, change: object, pointer: string][] = [
  ['NUL in the name', { displayName: 'a\0b' }, '/displayName'],
  ['half a surrogate pair in the name', { displayName: 'a\ud83d' }, '/displayName'],
  ['a line break in the name', { displayName: 'a\nb' }, '/displayName'],
  ['a line separator in the name', { displayName: 'a\u2028b' }, '/displayName'],
  ['a byte order mark in the name', { displayName: '\ufeffAda' }, '/displayName'],
  ['an escape sequence in the name', { displayName: '\u001b[31mred' }, '/displayName'],
  ['a blank name', { displayName: ' \u00a0 ' }, '/displayName'],
  ['a name of 201 characters', { displayName: 'é'.repeat(201) }, '/displayName'],
  ['a number for a name', { displayName: 7 }, '/displayName'],
  ['null for a name', { displayName: null }, '/displayName'],
  ['an address of 255 characters', { email: `a@${'b.'.repeat(126)}c` }, '/email'],
  ['an address with two ends', { email: 'a@b@c.com' }, '/email'],
  ['an address with a line break inside', { email: 'a@b.com\nbcc:c@d.com' }, '/email'],
  ['an address with NUL', { email: 'a\0@b.com' }, '/email'],
  ['an address with a display name', { email: 'Ada <ada@example.com>' }, '/email'],
  ['a list for an address', { email: ['a@b.com'] }, '/email'],
  ['NUL in the external id', { externalId: '\0' }, '/externalId'],
  ['an empty external id', { externalId: '' }, '/externalId'],
  ['NUL in an attribute', { attributes: { a: '\0' } }, '/attributes/a'],
  ['half a surrogate pair in an attribute', { attributes: { a: '\udc00' } }, '/attributes/a'],
  ['an attribute of 257 characters', { attributes: { a: 'x'.repeat(257) } }, '/attributes/a'],
  ['a nested attribute', { attributes: { a: { b: 'c' } } }, '/attributes/a'],
  ['NUL in the name of an attribute', { attributes: { 'a\0': 'x' } }, '/attributes'],
  ['a line separator in the name of an attribute', { attributes: { 'a\u2028': 'x' } }, '/attributes'],
  ['an attribute without a name', { attributes: { '': 'x' } }, '/attributes'],
  ['an attribute name of 65 characters', { attributes: { ['k'.repeat(65)]: 'x' } }, '/attributes'],
  ['33 attributes', { attributes: tooMany }, '/attributes'],
  ['a list of attributes', { attributes: ['a'] }, '/attributes'],
  ['a chosen id', { id: '01a20914-6052-781f-bb60-1502d2b64a65' }, '/id'],
  ['a chosen status', { status: 'suspended' }, '/status'],
];

describe('a hostile POST /users', () => {
  it.for(refused)('422 for %s', async ([, change, pointer]) => {
    const { status, body } = await (await usersServer()).post('/users').send({ ...ada, ...change });
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer }));
    expect(body.errors.length).toBeLessThanOrEqual(2);
  });

  it.for(['[]', 'null', '"ada"', '7'])('422 for the body %s', async (text) => {
    const { status, body } = await (await usersServer()).post('/users').type('json').send(text);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '', code: 'type' })]);
  });

  it.for(['__proto__', 'constructor'])('400 for a polluted prototype by %s', async (name) => {
    const text = `{"email":"a@b.com","displayName":"A","attributes":{"${name}":{"prototype":{"polluted":"x"}}}}`;
    const { status } = await (await usersServer()).post('/users').type('json').send(text);
    expect(status).toBe(400);
    expect('polluted' in {}).toBe(false);
  });

  it('answers an address made for backtracking at once', async () => {
    const email = `${'a'.repeat(64)}@${'b-'.repeat(90)}`;
    const { status, body } = await (await usersServer())
      .post('/users')
      .send({ ...ada, email })
      .timeout(2000);
    expect(status).toBe(422);
    expect(body.errors).toHaveLength(1);
  });
});
