import { expect, it } from 'vitest';
import { channelFault } from '../src/channel.ts';

it.each(['a', 'device01', 'with space', 'ü/😀', 'x'.repeat(255), 'ü'.repeat(127)])('is fine: %j', (channel) => {
  expect(channelFault(channel)).toBeUndefined();
});

it.each([
  ['', 'needs a name'],
  [undefined, 'needs a name'],
  [7, 'needs a name'],
  ['x'.repeat(256), '255 bytes'],
  ['ü'.repeat(128), '255 bytes'],
  ['a\nb', 'control'],
  ['\u0000', 'control'],
  ['\u007f', 'control'],
  ['\u009f', 'control'],
  ['\ud83d', 'Unicode'],
])('is refused: %j (%s)', (channel, fault) => {
  expect(channelFault(channel)).toContain(fault);
});
