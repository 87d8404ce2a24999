import { expect, test } from 'vitest';
import { useStack } from '../running-stack.ts';
import { extent, timeout } from './extent.ts';
import { fuzz, untouched } from './fuzz.ts';

const running = useStack({ AUTH: 'none' });

test('groupz answers as its document says, whatever it is asked', { timeout }, async () => {
  const tally = await fuzz({ baseUrl: `http://127.0.0.1:${running.stack.ports.GROUPZ_PORT}`, ...extent });
  expect(untouched(tally)).toEqual([]);
});

test('realtime answers as its document says, whatever it is asked', { timeout }, async () => {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const baseUrl = `http://127.0.0.1:${running.stack.ports.REALTIME_PORT}`;
  const plain = await fuzz({ baseUrl, seconds: extent.seconds / 2, seed: extent.seed });
  const upgraded = await fuzz({ baseUrl, seconds: extent.seconds / 2, seed: extent.seed, headers: upgrade });
  expect(untouched(plain)).not.toEqual([]);
  expect(untouched(upgraded)).toEqual([]);
});
