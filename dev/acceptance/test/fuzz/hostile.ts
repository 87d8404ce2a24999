import fc, { type Arbitrary } from 'fast-check';
import type { Json } from './document.ts';

/** Texts that break what is careless: of prototypes, of encodings, of lengths, of SQL, of filters. */
export const hostileText: Arbitrary<string> = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true', ''),
  fc.constantFrom('\0', 'a\0b', '\ud800', 'x\udfffy', '\ufeff', '\u2028', '\u202e', 'ﬀ', 'İ', 'ß', '👩‍💻', '\r\nx: y'),
  fc.constantFrom("'; DROP TABLE users; --", '" or ""="', '%00', '%', '%zz', '../../etc/passwd', '{{7*7}}', '<script>'),
  fc.constantFrom('1e999', '-0', '0x10', '9007199254740993', '99999999999999999999', '1.5', ' 1', '+1', '١'),
  fc.constantFrom('0000-00-00T00:00:00Z', '2024-02-30T00:00:00Z', '9999-12-31T23:59:60Z', '-271821-04-20T00:00:00Z'),
  fc.constantFrom('"', '""', 'W/""', '*', '"a', ',', ', ,', 'W/"1", "2"', '((((', 'a eq', 'not (', 'a[b eq "', '$'),
  fc.integer({ min: 250, max: 3000 }).map((length) => 'a'.repeat(length)),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** JSON values in places where others belong. */
export const hostileValue: Arbitrary<Json> = fc.oneof(
  hostileText,
  fc.constantFrom<Json>(null, true, [], {}, [[]], [null], { a: { b: [] } }, 0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 63)),
  fc.jsonValue({ maxDepth: 3 }) as Arbitrary<Json>,
);

const raw = (...texts: string[]) => fc.constantFrom(...texts.map((text) => Buffer.from(text)));

/** Bodies that are no JSON, or JSON that nobody writes. */
export const hostileBody: Arbitrary<Buffer> = fc.oneof(
  raw(
    '',
    ' ',
    '{',
    '[',
    'null',
    '0',
    '"a"',
    '{}',
    '[]',
    '{"a":1,}',
    "{'a':1}",
    'NaN',
    '\ufeff{}',
    '{}{}',
    '1e999',
    '\0',
  ),
  raw(
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{"a":1}}}',
    '{"a":1,"a":2}',
    '{"":0}',
    '{"email":"\\ud800"}',
  ),
  raw('{"displayName":"\\u0000"}', '{"attributes":{"__proto__":"x"}}', '{"email":1e400}', '{"status":-0}'),
  fc.integer({ min: 50, max: 20_000 }).map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
  fc.integer({ min: 50, max: 9000 }).map((depth) => Buffer.from(`${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`)),
  fc.integer({ min: 60_000, max: 200_000 }).map((size) => Buffer.from(`{"displayName":"${'a'.repeat(size)}"}`)),
  fc.integer({ min: 1, max: 3000 }).map((count) => Buffer.from(JSON.stringify(Array(count).fill({ op: 'add' })))),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  raw('{"displayName":"').map((head) => Buffer.concat([head, Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')])),
);

const mediaTypes = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json;',
  'json',
  '*/*',
];
const accepts = [
  'text/html',
  'application/json;q=0',
  '*/*;q=0',
  'application/*',
  ';;;',
  'a/b;q=2',
  'text/event-stream',
];

/** Header fields that are odd, but that HTTP lets through. */
export const hostileHeaders: Arbitrary<Record<string, string>> = fc.record(
  {
    accept: fc.constantFrom(...accepts, ...mediaTypes),
    'accept-encoding': fc.constantFrom('gzip', 'identity;q=0', 'br;q=0, *', 'x'),
    'content-encoding': fc.constantFrom('gzip', 'identity', 'x'),
    'content-type': fc.constantFrom(
      ...mediaTypes,
      'application/merge-patch+json',
      'application/scim+json',
      '__proto__',
    ),
    'if-match': fc.constantFrom('*', '"1"', 'W/"1"', '"1", "2"', '1', '"', ','),
    'if-none-match': fc.constantFrom('*', '"1"', 'W/"1"', '"1", "2"', '1', '"', ','),
    'idempotency-key': fc.constantFrom('a', '"a"', '"', 'a'.repeat(300), '__proto__', '"é"', ' '),
    'if-modified-since': fc.constantFrom('now', 'Thu, 01 Jan 1970 00:00:00 GMT'),
    'last-event-id': fc.constantFrom('0', '-1', '__proto__', '9'.repeat(40)),
    authorization: fc.constantFrom('Bearer', 'Bearer x', 'Basic eDp5', 'Bearer a.b.c'),
    traceparent: fc.constantFrom('00-0-0-00', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'x'),
    'x-forwarded-for': fc.constantFrom('::1', "1'2", 'unknown, 1.2.3.4'),
    'x-request-id': fc.constantFrom('a', 'a'.repeat(500)),
    expect: fc.constant('100-continue'),
    prefer: fc.constant('respond-async'),
  },
  { requiredKeys: [] },
);

/** What can stand behind a `?` and does not come from a form. */
export const hostileQuery: Arbitrary<string> = fc.oneof(
  fc.constantFrom('%', '%zz=1', 'a=%E0%A4%A', '&&&', '=', '=1', '__proto__=1', '__proto__[a]=1', 'a[]=1', 'a.b=1', '?'),
  fc.constantFrom('constructor=1', 'toString=1', 'pageSize=%00', 'count=exact&count=exact', 'q=%ED%A0%80', ';a=1'),
  fc.string({ unit: fc.constantFrom(..."abc=&%+;[]._~!*'()") }),
);
