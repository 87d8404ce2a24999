import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { PreparedAnswer } from '../src/prepared-answer.ts';

const menu = JSON.stringify(Array.from({ length: 100 }, (_, nth) => `pizza ${nth} with Käse 🧀`));

function prepared(body = menu): PreparedAnswer {
  const headers = { age: '7' };
  return new PreparedAnswer({ body: Buffer.from(body), contentType: 'application/json', tag: 'abc', headers });
}

/** The headers of a choice by name. */
function headersOf({ headers }: { headers: readonly string[] }): Record<string, string | undefined> {
  return Object.fromEntries(headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1]] as const] : [])));
}

test('200 with the body as it is to who says nothing of codings', () => {
  const choice = prepared().choose({});
  expect(choice).toMatchObject({ status: 200, body: Buffer.from(menu) });
  expect(headersOf(choice)).toEqual({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(menu)),
    'x-content-type-options': 'nosniff',
    etag: '"abc"',
    vary: 'accept-encoding',
    age: '7',
  });
});

test.each([
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
] as const)('200 in %s, with a length and an entity tag of its own', (coding, undo) => {
  const choice = prepared().choose({ 'accept-encoding': coding });
  const { body = Buffer.alloc(0) } = choice;
  expect(String(undo(body))).toBe(menu);
  expect(headersOf(choice)).toMatchObject({
    'content-encoding': coding,
    'content-length': String(body.length),
    etag: `"abc-${coding}"`,
    age: '7',
  });
});

test('each coding is made once', () => {
  const answer = prepared();
  const [first, second] = [1, 2].map(() => answer.choose({ 'accept-encoding': 'br' }));
  expect(second?.body).toBe(first?.body);
});

test.each([
  ['gzip, br', 'br'],
  ['br, gzip', 'br'],
  ['gzip, br;q=0.9', 'gzip'],
  ['gzip;q=0.5, br;q=0.5', 'br'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['gzip;q=0, br;q=0', undefined],
  ['identity', undefined],
  ['identity;q=0', undefined],
  ['zstd, deflate', undefined],
  ['', undefined],
  [';;;,,q=', undefined],
])('Accept-Encoding %j gets %s', (accepted, coding) => {
  expect(headersOf(prepared().choose({ 'accept-encoding': accepted }))['content-encoding']).toBe(coding);
});

test('more values of Accept-Encoding than are remembered are still understood', () => {
  const answer = prepared();
  const choices = Array.from({ length: 300 }, (_, nth) => answer.choose({ 'accept-encoding': `x${nth}, gzip` }));
  expect(new Set(choices.map((choice) => headersOf(choice)['content-encoding']))).toEqual(new Set(['gzip']));
});

test('a body below a kilobyte is never compressed', () => {
  const codings = ['x'.repeat(1023), 'x'.repeat(1024)].map(
    (body) => headersOf(prepared(body).choose({ 'accept-encoding': 'gzip' }))['content-encoding'],
  );
  expect(codings).toEqual([undefined, 'gzip']);
});

test.each([menu, 'ä\u0000\u{1F9C0}', ''])('the text of a small body is its bytes: %.10j', (body) => {
  const { binaryText } = prepared(body).choose({});
  expect(Buffer.from(binaryText ?? 'absent', 'latin1')).toEqual(Buffer.from(body));
});

test('a large body has no text', () => {
  const answers = [4 * 1024, 4 * 1024 + 1].map((length) => prepared('x'.repeat(length)).choose({}).binaryText?.length);
  expect(answers).toEqual([4 * 1024, undefined]);
});

test.each(['"abc"', 'W/"abc"', '*', ' * ', '"x", "abc"', '"abc-br"', 'W/"x",W/"abc-gzip"'])(
  '304 with the tag and no body for If-None-Match %s',
  (value) => {
    const choice = prepared().choose({ 'if-none-match': value });
    expect(choice).toMatchObject({ status: 304, body: undefined, binaryText: undefined });
    expect(headersOf(choice)).toEqual({ etag: '"abc"', vary: 'accept-encoding', age: '7' });
  },
);

test.each(['"abd"', 'abc', '', '"*"', '"abc-zstd"', '"', '"ab","c"'])('200 for If-None-Match %j', (value) => {
  expect(prepared().choose({ 'if-none-match': value }).status).toBe(200);
});
