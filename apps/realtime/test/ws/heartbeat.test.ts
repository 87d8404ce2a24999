import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startService } from '../service.ts';

it('pings every 25 seconds, and keeps who answers', async () => {
  const { url, clock } = await startService();
  const socket = new WebSocket(`${url}/ws`);
  await once(socket, 'open');
  for (let round = 0; round < 3; round++) {
    clock.pass(25_000);
    await once(socket, 'ping');
    socket.ping(); // answered after our pong has arrived
    await once(socket, 'pong');
  }
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

it('hangs up on who does not answer until the next ping', async () => {
  const { url, clock, metric } = await startService();
  const socket = new WebSocket(`${url}/ws`, { autoPong: false });
  await once(socket, 'open');
  clock.pass(50_000);
  expect((await once(socket, 'close'))[0]).toBe(1006);
  expect(await metric('realtime_connections')).toBe(0);
});
