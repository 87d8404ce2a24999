import { describe, expect, test } from 'vitest';
import {
  type At,
  draft,
  expectFault,
  expectProblem,
  newUser,
  type ProblemBody,
  send,
  type UserBody,
} from './users-api.ts';

const most = { names: 32, name: 64, value: 256 };

/** `attributes`: texts by name, within bounds */
export function attributesContract(at: At): void {
  const create = <Body = UserBody>(attributes: unknown) =>
    send<Body>(at, '/users', { method: 'POST', json: draft({ attributes }) });
  const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`name ${i}`, `${i}`]));

  describe('attributes', () => {
    test.each([
      ['none', {}],
      ['as many as there may be', named(most.names)],
      ['the longest name', { ['n'.repeat(most.name)]: '1' }],
      ['the longest value', { a: 'v'.repeat(most.value) }],
      ['an empty value', { a: '' }],
      ['lines, signs and other scripts', { 'tag=env:prod': 'a/b ~c', 'Größe~/': '大', 'a.b': "it's" }],
      ['names of what every object has', { constructor: 'x', toString: 'y', hasOwnProperty: 'z' }],
    ])('are kept: %s', async (_, attributes) => {
      const { status, body, text } = await create(attributes);
      expect(status, text).toBe(201);
      expect(body.attributes ?? {}).toEqual(attributes);
      expect((await send<UserBody>(at, `/users/${body.id}`)).body.attributes).toEqual(body.attributes);
    });

    test.each([
      ['too many', named(most.names + 1)],
      ['a name too long', { ['n'.repeat(most.name + 1)]: '1' }],
      ['an empty name', { '': '1' }],
      ['a list', ['a']],
    ])('are refused with 422: %s', async (_, attributes) => {
      expectProblem(await create<ProblemBody>(attributes), 422);
    });

    test.each([
      ['/attributes/a', { a: 'v'.repeat(most.value + 1) }],
      ['/attributes/a', { a: null }],
      ['/attributes/a', { a: { b: 'c' } }],
      ['/attributes/a~1b~0', { 'a/b~': 7 }],
    ])('are refused with 422 that points at %s: %j', async (pointer, attributes) => {
      expectFault(await create<ProblemBody>(attributes), pointer);
    });

    test('a patch cannot make them more than there may be; one may take the place of another', async () => {
      const { path } = await newUser(at, { attributes: named(most.names) });
      const patch = (attributes: unknown) =>
        send(at, path, { method: 'PATCH', headers: { 'if-match': '*' }, json: { attributes } });
      expectProblem(await patch({ more: 'x' }), 422);
      expect((await patch({ more: 'x', 'name 0': null })).status).toBe(200);
    });
  });
}
