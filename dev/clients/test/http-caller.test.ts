import { expect, test } from 'vitest';
import { groupzClient } from '../src/groupz-client.ts';
import { usersClient } from '../src/users-client.ts';

const answering = (body: string | null, init: ResponseInit) => {
  const requests: Request[] = [];
  const fetch = async (input: string | URL | Request, options?: RequestInit) => {
    requests.push(new Request(input, options));
    return new Response(body, init);
  };
  return { requests, options: { baseUrl: 'http://gateway/api/', token: () => 'abc', fetch } };
};

test('a request goes below the base URL with the token and what the body is', async () => {
  const { requests, options } = answering('{"id":"1"}', { status: 201 });
  await usersClient(options).create({ email: 'ada@example.com', displayName: 'Ada' });
  expect(requests[0]?.url).toBe('http://gateway/api/users');
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
    authorization: 'Bearer abc',
    'content-type': 'application/json',
  });
});

test("a problem is thrown with the service's own words and when to come back", async () => {
  const problem = { type: 'urn:x', title: 'Not now', status: 503, detail: 'Loading.' };
  const headers = { 'content-type': 'application/problem+json', 'retry-after': '7' };
  const { options } = answering(JSON.stringify(problem), { status: 503, headers });
  const listing = groupzClient(options).listGroups();
  await expect(listing).rejects.toMatchObject({
    message: 'Not now: Loading.',
    status: 503,
    problem,
    retryAfterSeconds: 7,
  });
});

test('a page of a gateway is an error with its status', async () => {
  const { options } = answering('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' });
  await expect(usersClient(options).show('1')).rejects.toMatchObject({ status: 502, message: 'Bad Gateway' });
});

test('all users come page after page', async () => {
  const pages = [{ value: [{ id: '1' }], nextPageToken: 'two' }, { value: [{ id: '2' }] }];
  const urls: string[] = [];
  const fetch = async (input: string | URL | Request) => {
    urls.push(String(input));
    return Response.json(pages[urls.length - 1]);
  };
  const users = await Array.fromAsync(usersClient({ baseUrl: 'http://a', fetch }).all());
  expect(users.map(({ id }) => id)).toEqual(['1', '2']);
  expect(urls).toEqual(['http://a/users', 'http://a/users?pageToken=two']);
});

test('nothing is what a removal answers', async () => {
  const { options } = answering(null, { status: 204 });
  expect(await usersClient(options).remove('1')).toBeUndefined();
});

test('a change names the version that was seen, and a creation its key', async () => {
  const { requests, options } = answering('{"id":"1"}', { status: 200 });
  await usersClient(options).change({ id: '1', version: 3 }, { displayName: 'Ada' });
  await usersClient(options).create({ email: 'ada@example.com', displayName: 'Ada' }, 'key');
  expect(requests[0]?.headers.get('if-match')).toBe('"3"');
  expect(requests[1]?.headers.get('idempotency-key')).toBe('key');
});
