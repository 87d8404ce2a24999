import { expect, it } from 'vitest';
import { IncomingFrames } from '../../src/ws/incoming-frames.ts';

/** A frame as a client sends it. */
function frame(first: number, length: number): Buffer {
  const head = length < 126 ? [0x80 | length] : length < 65_536 ? [0xfe, length >> 8, length & 255] : long(length);
  return Buffer.from([first, ...head, 1, 2, 3, 4, ...Buffer.alloc(length, 0xff)]);
}

function long(length: number): number[] {
  return [0xff, 0, 0, 0, 0, 0, ...[16, 8, 0].map((bits) => (length >> bits) & 255)];
}

const [text, part, more, end, ping] = [0x81, 0x01, 0x00, 0x80, 0x89];

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])('a frame of %i bytes ends where it ends', (length) => {
  const frames = new IncomingFrames();
  expect(frames.take(Buffer.concat([frame(text, length), frame(text, length)]))).toBe(2);
  expect(frames.partial).toBe(false);
});

it.each([0, 1, 126, 300, 65_536])('so it does where its %i bytes come one by one', (length) => {
  const frames = new IncomingFrames();
  const bytes = Buffer.concat([frame(text, length), frame(ping, 3)]);
  const begun = [...bytes.keys()].map((at) => {
    const count = frames.take(bytes.subarray(at, at + 1));
    const ended = at === bytes.length - 1 || at === bytes.length - 10;
    expect(frames.partial).toBe(!ended);
    return count;
  });
  expect(begun.filter((count) => count === 1)).toHaveLength(2);
});

it('a message in parts has not ended before the last one, whatever control frames come between', () => {
  const frames = new IncomingFrames();
  const partial = [part, ping, more, more, ping, end, ping].map((first) => {
    expect(frames.take(frame(first, 2))).toBe(1);
    return frames.partial;
  });
  expect(partial).toEqual([true, true, true, true, true, false, false]);
});
