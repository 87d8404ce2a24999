import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type Arrangement, arrange } from './arrange.ts';

let arranged: Arrangement;
const sockets = new Set<Duplex>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await arranged.close();
});

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const handshake = [
  'GET /service/ws?token=1 HTTP/1.1',
  'Host: shop.example',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: a, b',
  'Origin: https://shop.example',
  'X-Forwarded-For: 6.6.6.6',
];
const accepted = 'HTTP/1.1 101 Switching Protocols\r\nX-Mine: 1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

function dial(lines: string[] = handshake): Socket {
  const socket = connect(arranged.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

async function readExactly(socket: Duplex, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let got = 0; got < length; got = Buffer.concat(chunks).length) {
    const chunk = socket.read() as Buffer | null;
    if (chunk) chunks.push(chunk);
    else await once(socket, 'readable');
  }
  return Buffer.concat(chunks);
}

async function arrangeUpgrade(onUpgrade: (request: IncomingMessage, socket: Duplex) => void) {
  arranged = await arrange((_message, response) => response.writeHead(401, { 'x-mine': '1' }).end('who are you'));
  arranged.service.on('upgrade', (request, socket) => {
    sockets.add(socket.on('error', () => undefined));
    onUpgrade(request, socket);
  });
}

describe('a WebSocket', () => {
  it('is a tunnel for bytes in both directions, after the handshake that the service wrote', async () => {
    await arrangeUpgrade((_request, socket) => {
      socket.write(accepted);
      socket.pipe(socket);
    });
    const client = dial();
    expect(`${await readExactly(client, accepted.length)}`).toBe(accepted);
    client.write(everyByte);
    expect(await readExactly(client, 256)).toEqual(everyByte);
    client.destroy();
  });

  it('brings the handshake of the client to the service, and the truth about its address', async () => {
    const seen = Promise.withResolvers<IncomingMessage>();
    await arrangeUpgrade((request) => seen.resolve(request));
    const client = dial();
    const { url, headers } = await seen.promise;
    expect(url).toBe('/service/ws?token=1');
    expect(headers).toMatchObject({
      host: 'shop.example',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-protocol': 'a, b',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      origin: 'https://shop.example',
      'x-forwarded-for': '127.0.0.1',
    });
    client.destroy();
  });

  it('passes on what either side sends together with the handshake', async () => {
    await arrangeUpgrade((_request, socket) => {
      socket.write(`${accepted}early`);
      socket.pipe(socket);
    });
    const client = connect(arranged.port, '127.0.0.1');
    client.write(`${handshake.join('\r\n')}\r\n\r\nhasty`);
    expect(`${await readExactly(client, accepted.length + 10)}`).toBe(`${accepted}earlyhasty`);
    client.destroy();
  });

  it('ends for the service when the client is gone', async () => {
    const ended = Promise.withResolvers<void>();
    await arrangeUpgrade((_request, socket) => {
      socket.write(accepted);
      socket.resume().on('end', () => ended.resolve());
    });
    const client = dial();
    await readExactly(client, accepted.length);
    client.destroy();
    await ended.promise;
  });

  it('speaks text, bytes and close codes with a browser', async () => {
    await arrangeUpgrade((request, socket) => {
      const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const accept = createHash('sha1').update(key).digest('base64');
      const head = accepted.replace('X-Mine: 1', `Sec-WebSocket-Accept: ${accept}`);
      const close = Buffer.concat([Buffer.from([0x88, 5, 4001 >> 8, 4001 & 255]), Buffer.from('bye')]);
      socket.write(head);
      socket.write(Buffer.concat([frame(0x81, Buffer.from('grüße')), frame(0x82, everyByte.subarray(0, 100)), close]));
      // The browser answers the close frame; the server closes the connection.
      socket.once('data', () => socket.end());
    });
    const socket = new WebSocket(arranged.url.replace('http', 'ws'));
    socket.binaryType = 'arraybuffer';
    const messages: unknown[] = [];
    socket.onmessage = ({ data }) => messages.push(data instanceof ArrayBuffer ? Buffer.from(data) : data);
    const [{ code, reason }] = (await once(socket, 'close')) as [CloseEvent];
    expect(messages).toEqual(['grüße', everyByte.subarray(0, 100)]);
    expect([code, reason]).toEqual([4001, 'bye']);
  });
});

describe('what goes wrong with a WebSocket', () => {
  it("the service's refusal is the answer", async () => {
    arranged = await arrange((_message, response) => response.writeHead(401, { 'x-mine': '1' }).end('who are you'));
    const answer = `${Buffer.concat(await dial().toArray())}`;
    expect(answer).toMatch(/^HTTP\/1.1 401 Unauthorized\r\n.*x-mine: 1\r\n.*\r\n\r\nwho are you$/s);
    expect(answer.match(/^(connection|keep-alive):.*$/gim)).toEqual(['connection: close']);
  });

  it.for(['destroy', 'resetAndDestroy'] as const)(
    'the connection ends with the service that dies in its refusal (%s), and nothing is added',
    async (die) => {
      arranged = await arrange((_message, response) => {
        response.writeHead(401, { 'content-length': '100' }).write('who');
        arranged.service.once('die', () => response.socket?.[die]());
      });
      const client = dial();
      let answer = '';
      client.on('data', (chunk) => {
        answer += chunk;
        if (answer.endsWith('who')) arranged.service.emit('die');
      });
      await once(client, 'close');
      expect(answer).toMatch(/^HTTP\/1.1 401 Unauthorized\r\n.*\r\n\r\nwho$/s);
    },
  );

  it('404 where no route leads', async () => {
    await arrangeUpgrade(() => undefined);
    const answer = `${Buffer.concat(await dial(['GET /other HTTP/1.1', ...handshake.slice(1)]).toArray())}`;
    expect(answer).toMatch(/^HTTP\/1.1 404 .*application\/problem\+json.*"status":404/s);
  });

  it('503 when the service is not running', async () => {
    await arrangeUpgrade(() => undefined);
    await new Promise((resolve) => arranged.service.close(resolve));
    expect(`${Buffer.concat(await dial().toArray())}`).toMatch(/^HTTP\/1.1 503 .*service is not running/s);
  });

  it.each([
    ['that is no GET', handshake.with(0, 'POST /service/ws HTTP/1.1')],
    ['that announces a body', [...handshake, 'Content-Length: 5']],
  ])('400 for an upgrade %s, which the service never hears of', async (_what, lines) => {
    const heard: string[] = [];
    arranged = await arrange((message, response) => {
      heard.push(`${message.method}`);
      response.end();
    });
    expect(`${Buffer.concat(await dial(lines).toArray())}`).toMatch(/^HTTP\/1.1 400 /);
    expect(heard).toEqual([]);
  });

  it('400 for another protocol', async () => {
    await arrangeUpgrade(() => undefined);
    const lines = handshake.map((line) => line.replace('websocket', 'h2c'));
    expect(`${Buffer.concat(await dial(lines).toArray())}`).toMatch(/^HTTP\/1.1 400 /);
  });
});

function frame(kind: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([kind, payload.length]), payload]);
}
