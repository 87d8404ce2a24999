import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { holdBack, startService } from '../service.ts';
import { tryUpgrade } from '../upgrade.ts';

it('1012 for all clients when the service stops, after what was published before', async () => {
  const service = await startService();
  const clients = [await service.open('a'), await service.open('a')];
  service.broker.pass('a', 'the last one');
  await service.close();
  const goodbye = { code: 1012, reason: 'service restart' };
  expect(await Promise.all(clients.map((client) => client.closed))).toEqual([goodbye, goodbye]);
  expect(await Promise.all(clients.map((client) => client.next()))).toEqual(['the last one', 'the last one']);
});

it('hangs up after 3 seconds on clients that do not answer the goodbye', async () => {
  const { url, clock, close } = await startService();
  const socket = new WebSocket(`${url}/ws`);
  await once(socket, 'open');
  socket.pause();
  const closed = close();
  await new Promise(setImmediate);
  clock.pass(3000);
  await expect(closed).resolves.toBeUndefined();
});

it('a handshake that is still waiting is refused', async () => {
  const { url, broker, close } = await startService();
  const { asked, confirm } = holdBack(broker);
  const refused = tryUpgrade(`${url}/ws?channel=a`);
  await asked;
  const closed = close();
  await new Promise(setImmediate);
  confirm();
  expect(await refused).toMatchObject({ status: 503, body: { detail: 'The service is stopping.' } });
  await closed;
});
