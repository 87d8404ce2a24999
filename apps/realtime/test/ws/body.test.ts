import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startService } from '../service.ts';

const handshake =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** The first bytes that come back for a request whose body is announced and never sent. */
async function answerTo(url: string, head: string): Promise<string> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`${head}Host: ${host}\r\nContent-Length: 5\r\n\r\n`);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return bytes.toString('latin1');
}

it.each([
  ['200', '/', 'Connection: Upgrade\r\nUpgrade: x\r\n'],
  ['404', '/nothing', handshake],
  ['426', '/ws', 'Connection: Upgrade\r\nUpgrade: x\r\n'],
  ['400', '/ws?channel=', handshake],
])('%s for an upgrade of %s that announces a body, and the service lives on', async (status, path, headers) => {
  const { url } = await startService();
  expect(await answerTo(url, `GET ${path} HTTP/1.1\r\n${headers}`)).toContain(`HTTP/1.1 ${status} `);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
});
