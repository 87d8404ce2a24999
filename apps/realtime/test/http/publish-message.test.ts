import { Problem } from '@seaworthy/chassis/problem';
import { expect, it } from 'vitest';
import { startService } from '../service.ts';

interface Sent {
  channel?: string;
  type?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

async function post(url: string, { channel = 'a', type = 'text/plain', body = 'hello', headers = {} }: Sent) {
  const path = `${url}/channels/${encodeURIComponent(channel)}/messages`;
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': type, ...headers }, body });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, answer };
}

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

it.each<[string, string, string | Uint8Array<ArrayBuffer>]>([
  ['text', 'text/plain', 'ü – 😀'],
  ['text with a charset', 'text/plain; charset=utf-8', 'ü'],
  ['nothing', 'text/plain', ''],
  ['JSON as it is written', 'application/json', '{ "b" :1,"a": 2.0 }'],
  ['every byte', 'application/octet-stream', everyByte],
  ['64 KiB', 'text/plain', 'x'.repeat(64 * 1024)],
])('200 for %s, which its clients get byte for byte', async (_what, type, body) => {
  const { url, open } = await startService();
  const client = await open('a');
  expect(await post(url, { type, body })).toMatchObject({ status: 200, answer: { channel: 'a' } });
  expect(await client.next()).toEqual(body);
});

it.each(['with space', 'a/b//c', '../x', 'ü😀', '%2F', 'é'.repeat(127)])('200 for channel %s', async (channel) => {
  const { url, open } = await startService();
  const client = await open(channel);
  expect((await post(url, { channel })).answer).toEqual({ channel });
  expect(await client.next()).toBe('hello');
});

it('200 with the place of the message on a durable channel, and the same one for a repetition', async () => {
  const { url } = await startService({ settings: { DURABLE_CHANNELS: ['a'] } });
  const once = { 'idempotency-key': 'k' };
  const first = await post(url, { headers: once });
  const second = await post(url, {});
  expect([first.answer, second.answer]).toMatchObject([{ offset: 1 }, { offset: 2 }]);
  expect((await post(url, { headers: once })).answer).toEqual(first.answer);
});

it('a repetition under a key is delivered once', async () => {
  const { url, open } = await startService();
  const client = await open('a');
  for (const body of ['1', '1']) await post(url, { body, headers: { 'idempotency-key': 'k' } });
  await post(url, { body: '2', headers: { 'idempotency-key': 'other' } });
  expect([await client.next(), await client.next()]).toEqual(['1', '2']);
});

it.each<[number, string, Sent]>([
  [400, 'no JSON', { type: 'application/json', body: '{' }],
  [400, 'no UTF-8', { body: Uint8Array.of(0xc3, 0x28) }],
  [400, 'a channel of 256 bytes', { channel: 'é'.repeat(128) }],
  [400, 'a channel that is our own', { channel: 'realtime:{x' }],
  [400, 'a channel with a line break', { channel: 'a\nb' }],
  [400, 'a key with a space', { headers: { 'idempotency-key': 'a b' } }],
  [400, 'a key of 256 characters', { headers: { 'idempotency-key': 'k'.repeat(256) } }],
  [403, 'a page of another origin', { headers: { origin: 'https://elsewhere.example' } }],
  [413, 'a byte more than 64 KiB', { body: 'x'.repeat(64 * 1024 + 1) }],
  [415, 'a form', { type: 'application/x-www-form-urlencoded' }],
  [415, 'another charset', { type: 'text/plain; charset=utf-16' }],
])('%i for %s, and nobody gets it', async (status, _what, sent) => {
  const { url, open } = await startService();
  const client = await open('a');
  const refusal = await post(url, sent);
  expect([refusal.status, refusal.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  await post(url, { body: 'the next one' });
  expect(await client.next()).toBe('the next one');
});

it('400 for nothing at all: an empty payload has a type', async () => {
  const { url } = await startService();
  expect((await fetch(`${url}/channels/a/messages`, { method: 'POST' })).status).toBe(400);
});

it('415 names what would be read', async () => {
  const { url } = await startService();
  const { headers } = await post(url, { type: 'image/png' });
  expect(headers.get('accept-post')).toBe('text/plain, application/json, application/octet-stream');
});

it('503 with Retry-After after 5 seconds in which the broker accepts nothing', async () => {
  const { url, broker, clock } = await startService();
  const asked = Promise.withResolvers<void>();
  broker.publish = () => {
    asked.resolve();
    return new Promise(() => undefined);
  };
  const answered = post(url, {});
  await asked.promise;
  clock.pass(5000);
  const { status, headers } = await answered;
  expect([status, headers.get('retry-after')]).toEqual([503, '5']);
});

it('503 for what the broker refuses, and its words stay inside', async () => {
  const { url, broker } = await startService();
  broker.publish = () => Promise.reject(new Error('OOM command not allowed'));
  expect(await post(url, {})).toMatchObject({ status: 503, answer: { detail: 'Redis did not accept the message.' } });
});

it.each([
  [401, new Problem('unauthenticated', 'no')],
  [403, { id: 'reader', roles: ['Channels.Read'] }],
  [200, { id: 'writer', roles: ['Channels.ReadWrite'] }],
])('%i for what the caller may', async (status, caller) => {
  const authenticate = async () => {
    if (caller instanceof Problem) throw caller;
    return caller;
  };
  const { url } = await startService({ authenticate });
  expect((await post(url, {})).status).toBe(status);
});
