import { expect, it } from 'vitest';
import { AnswerReader } from '../../src/http/answer-reader.ts';

/** Feeds the text in pieces of so many bytes; what came out of each piece. */
function read(text: string, size: number) {
  const reader = new AnswerReader();
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
  return pieces.map((piece) => {
    const answer = reader.push(Buffer.from(piece));
    return answer && { status: answer.status, body: answer.body.toString() };
  });
}

const announced = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\npizza';
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\npiz\r\nA\r\nza and mor\r\n0\r\n\r\n';
const without = 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 5\r\n\r\n';

it.for([
  ['of an announced length', announced, { status: 200, body: 'pizza' }],
  ['in chunks', chunked, { status: 200, body: 'pizza and mor' }],
  ['that have none', without, { status: 304, body: '' }],
] as const)('reads answers with bodies %s, however they arrive', ([, text, answer]) => {
  for (const size of [1, 2, 7, 1000]) {
    expect(read(text, size).filter(Boolean)).toEqual([answer]);
    expect(read(text, size).at(-1)).toEqual(answer);
  }
});

it('reads one answer after the other, longer and shorter ones', () => {
  const long = `HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(100_000)}`;
  const reader = new AnswerReader();
  const sizes = [announced, long, chunked, announced].map((text) => reader.push(Buffer.from(text))?.body.length);
  expect(sizes).toEqual([5, 100_000, 13, 5]);
});

it.for([
  ['more than it announced', `${announced}!`],
  ['more than its chunks', `${chunked}!`],
  ['no HTTP', 'SSH-2.0\r\n\r\n'],
  ['no end', 'HTTP/1.1 200 OK\r\n\r\npizza'],
  ['no size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\npizza\r\n'],
] as const)('refuses an answer with %s', ([, text]) => {
  expect(() => read(text, 1000)).toThrow(/more bytes|no HTTP answer|without an announced end|without its size/);
});
