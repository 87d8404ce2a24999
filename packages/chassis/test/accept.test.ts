import { expect, it } from 'vitest';
import { preferredType } from '../src/accept.ts';

const [json, events] = ['application/json', 'text/event-stream'] as const;

it.each([
  [undefined, json],
  ['', json],
  ['*/*', json],
  ['application/json', json],
  ['application/*', json],
  ['text/event-stream', events],
  ['Text/Event-Stream', events],
  ['text/*', events],
  ['text/event-stream, */*;q=0.1', events],
  ['text/event-stream, application/json', json],
  ['text/event-stream;q=0.9, application/json;q=0.8', events],
  ['text/event-stream; q=0.8,application/json; Q=0.9', json],
  ['application/json;q=0, */*', events],
  ['*/*;q=0.5, application/json;q=0.4', events],
  ['text/event-stream;q=0, text/*', undefined],
  ['text/event-stream;charset=utf-8', events],
  ['text/html;note="a, application/json;q=1", text/event-stream', events],
  ['text/html;note="; q=0.1", text/event-stream', events],
  ['text/event-stream;q=1.5', undefined],
  ['text/event-stream;q=much', undefined],
  ['text/html, application/xml', undefined],
  ['application/problem+json', undefined],
  ['*/*;q=0', undefined],
  [',,', undefined],
  ['text/event-stream;note="open', events],
])('of Accept %j prefers %s', (accept, type) => {
  expect(preferredType(accept, [json, events])).toBe(type);
});

it('reads a header as long as a request may have it in linear time', () => {
  const accept = `text/event-stream;a="${'\\"'.repeat(4000)}${',;"'.repeat(2000)}`;
  expect(preferredType(accept, [json, events])).toBe(events);
});
