import type { Agent } from 'supertest';
import { describe, expect, it } from 'vitest';
import { unknownId } from '../../users-server.ts';
import { createdUser, createScimUser, errorUrn, patchScimUser, patchUrn, scimServer } from '../scim-server.ts';

const searchUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

const texts = [
  "O'Brien",
  '"; DROP TABLE users; --',
  '<script>alert(1)</script>',
  '(a+)+$',
  '%_\\',
  '🦭',
  'ﷺ',
  'i̇',
  '\u202e',
  '../..',
];

describe('hostile input', () => {
  it.for(texts)('is kept and found as it is: %s', async (text) => {
    const api = await scimServer();
    const { id, title } = await createdUser(api, { userName: `u ${text}`, title: text });
    expect(title).toBe(text);
    const { body } = await api.get('/scim/v2/Users').query({ filter: `title eq ${JSON.stringify(text)}` });
    expect(body.Resources).toMatchObject([{ id, title: text, userName: `u ${text}` }]);
  });

  it.for([
    ['nested lists', () => '['.repeat(30_000)],
    ['nested objects', () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    [
      'nested values',
      () =>
        `{"schemas":["${patchUrn}"],"Operations":[{"op":"add","path":"name","value":${'['.repeat(9000)}${']'.repeat(9000)}}]}`,
    ],
    [
      'a long path',
      () => JSON.stringify({ schemas: [patchUrn], Operations: [{ op: 'add', path: 'a.'.repeat(30_000), value: 1 }] }),
    ],
    [
      'a path of brackets',
      () => JSON.stringify({ schemas: [patchUrn], Operations: [{ op: 'add', path: 'emails['.repeat(500), value: 1 }] }),
    ],
    [
      'names of prototypes',
      () =>
        JSON.stringify({ schemas: [patchUrn], Operations: [{ op: 'add', path: 'constructor.prototype.a', value: 1 }] }),
    ],
    ['no UTF-8', () => Buffer.from([0x22, 0xff, 0x22])],
    [
      'many operations',
      () =>
        JSON.stringify({
          schemas: [patchUrn],
          Operations: Array.from({ length: 1000 }, () => ({ op: 'remove', path: 'title' })),
        }),
    ],
  ] as const)('400 for %s, and the user is as before', async ([, body]) => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'b' });
    const url = `/scim/v2/Users/${user.id}`;
    const answer = await api
      .patch(url)
      .type('application/scim+json')
      .serialize((sent) => sent)
      .send(body() as string);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ schemas: [errorUrn], status: '400' });
    expect((await api.get(url)).body).toEqual(user);
    expect({}).not.toHaveProperty('a');
  });

  it.for([
    ['post', '/Users', (odd: unknown) => ({ schemas: [odd], userName: 'b' })],
    ['patch', `/Users/${unknownId}`, (odd: unknown) => ({ schemas: [patchUrn], Operations: [{ op: odd, value: {} }] })],
    ['post', '/.search', (odd: unknown) => ({ schemas: [searchUrn], count: odd })],
    ['post', '/.search', (odd: unknown) => ({ schemas: [searchUrn], startIndex: odd })],
  ] as const)('400 for what cannot be made a text: %s %s', async ([method, path, body]) => {
    const api = await scimServer();
    for (const odd of ['{"toString":1}', `${'['.repeat(9000)}${']'.repeat(9000)}`]) {
      const sent = JSON.stringify(body('odd')).replace('"odd"', odd);
      const answer = await api[method](`/scim/v2${path}`).type('application/scim+json').send(sent);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ schemas: [errorUrn], status: '400' });
    }
  });

  it('400 for a small refusal, however much was sent', async () => {
    const { status, text } = await createScimUser(await scimServer(), { userName: 'b', title: 'x'.repeat(60_000) });
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(500);
  });

  it('200 for an object with unknown names, which come from nowhere', async () => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'b' });
    const value = { constructor: { prototypes: 1 }, toString: 'x', hasOwnProperty: 1 };
    const { status, body } = await patchScimUser(api, user.id, [{ op: 'add', value }]);
    expect(status).toBe(200);
    expect(body).toEqual(user);
  });

  it('never answers 500, whatever is put in the place of anything', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b', emails: [{ value: 'b@example.com' }] });
    for (const status of await statusesOf(api, id)) expect([200, 400]).toContain(status);
  });
});

const values = [
  null,
  true,
  0,
  -1.5,
  '',
  'x',
  [],
  [null],
  [[]],
  ['x'],
  {},
  { value: null },
  { value: 'x' },
  [{ value: {} }],
];
const paths = [
  '',
  'title',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'emails[value pr]',
  'emails[type eq "x"].value',
  'schemas',
  'addresses',
  'addresses.type',
];

async function statusesOf(api: Agent, id: string): Promise<number[]> {
  const operations = ['add', 'replace', 'remove'].flatMap((op) =>
    paths.flatMap((path) => values.map((value) => ({ op, path, value }))),
  );
  const answers: number[] = [];
  for (const operation of operations) answers.push((await patchScimUser(api, id, [operation])).status);
  return answers;
}
