import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { holdBack, refusalOf, type Service, startService } from '../service.ts';

async function rawClient({ url }: Service): Promise<WebSocket> {
  const socket = new WebSocket(`${url}/ws`);
  await once(socket, 'open');
  return socket;
}

it('1009 for a frame above 64 KiB, also in fragments', async () => {
  const service = await startService();
  const [whole, fragmented] = [await rawClient(service), await rawClient(service)];
  whole.send('x'.repeat(65_537));
  fragmented.send('x'.repeat(65_536), { fin: false });
  fragmented.send('x', { fin: true });
  const codes = await Promise.all([once(whole, 'close'), once(fragmented, 'close')]);
  expect(codes.map(([code]) => code)).toEqual([1009, 1009]);
});

it('a frame of 64 KiB is read and refused', async () => {
  const client = await (await startService()).open();
  expect(await refusalOf(client, 'x'.repeat(65_536))).toBe('malformed');
});

it('deep JSON is refused like any other frame', async () => {
  const client = await (await startService()).open();
  expect(await refusalOf(client, '['.repeat(65_536))).toBe('malformed');
});

it('a command in a binary frame is refused', async () => {
  const client = await (await startService()).open();
  expect(await refusalOf(client, new TextEncoder().encode('{"type":"join","channel":"a"}'))).toBe('binary');
});

it('a command in fragments is obeyed', async () => {
  const socket = await rawClient(await startService());
  socket.send('{"type":"join",', { fin: false });
  socket.send('"channel":"a"}', { fin: true });
  const [data] = await once(socket, 'message');
  expect(JSON.parse(String(data))).toEqual({ type: 'joined', channel: 'a' });
});

it('1008 for a client that keeps sending wrong frames', async () => {
  const client = await (await startService()).open();
  for (let frame = 0; frame < 100; frame++) client.send('nonsense');
  expect(await client.closed).toMatchObject({ code: 1008 });
});

it('1007 for text that is not UTF-8', async () => {
  const socket = await rawClient(await startService());
  socket.send(Buffer.of(0xff), { binary: false });
  expect((await once(socket, 'close'))[0]).toBe(1007);
});

it('a connection that breaks leaves its channels', async () => {
  const service = await startService();
  const socket = new WebSocket(`${service.url}/ws?channel=a`);
  await once(socket, 'open');
  socket.terminate();
  await service.emptied();
});

it('a client that goes away during the handshake leaves nothing behind', async () => {
  const service = await startService();
  const { asked, confirm } = holdBack(service.broker);
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  socket.write(
    'GET /ws?channel=a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await asked;
  socket.resetAndDestroy();
  confirm();
  await service.emptied();
});

it('the service still serves others afterwards', async () => {
  const service = await startService();
  (await rawClient(service)).send('x'.repeat(100_000));
  const client = await service.open('a');
  service.broker.pass('a', 'fine');
  expect(await client.next()).toBe('fine');
});
