import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/broker.ts';
import { launchProgram } from '../../src/processes/program.ts';
import { accepts, pollUntil } from '../../src/processes/readiness.ts';
import { findRedis, redisArguments } from '../../src/redis/redis-program.ts';
import { findFreePort } from '../../src/tcp-ports.ts';
import { brokerContract, type Server } from './broker.contract.ts';
import { connectRaw, request } from './raw-client.ts';

const { PATH = '' } = process.env;
const installed = await findRedis(PATH);

brokerContract('the development broker', () => startBroker(0));

describe.skipIf(installed === undefined)('a real Redis (skipped where none is on PATH)', () => {
  brokerContract(`${installed?.title}`, () => startRedis(installed?.path ?? ''));
});

describe('the limits of the development broker', () => {
  let broker: Broker;
  afterEach(() => broker.close());

  async function arrange(limits: { maxRequestBytes: number; maxUnreadBytes: number }) {
    broker = await startBroker(0, limits);
    return connectRaw({ host: '127.0.0.1', port: broker.port });
  }

  it('closes the connection of a request that is too large', async () => {
    const client = await arrange({ maxRequestBytes: 1000, maxUnreadBytes: 1000 });
    client.send(`*2\r\n$4\r\nECHO\r\n$1000000\r\n${'x'.repeat(2000)}`);
    await client.closed;
    expect(`${await client.receive(0)}`).toBe('-ERR Protocol error: too big request\r\n');
  });

  it('closes the connection of a line that never ends', async () => {
    const client = await arrange({ maxRequestBytes: 1000, maxUnreadBytes: 1000 });
    client.send('x'.repeat(2000));
    await client.closed;
    expect(`${await client.receive(0)}`).toBe('-ERR Protocol error: too big inline request\r\n');
  });

  it.each(['*99999999999\r\n', '*1\r\n*1\r\n$1\r\nx\r\n', '*1\r\n$x\r\n\r\n$1\r\n'])('survives %j', async (bytes) => {
    const client = await arrange({ maxRequestBytes: 1000, maxUnreadBytes: 1000 });
    client.send(bytes);
    client.send('x'.repeat(2000));
    await client.closed;
    const next = await connectRaw({ host: '127.0.0.1', port: broker.port });
    next.send(request('PING'));
    expect(`${await next.receive(7)}`).toBe('+PONG\r\n');
    next.close();
  });

  it('cuts off a subscriber that does not read, and nobody else', async () => {
    const slow = await arrange({ maxRequestBytes: 1e6, maxUnreadBytes: 1e6 });
    slow.send(request('SUBSCRIBE', 'a'));
    await slow.receive(1);
    slow.socket.pause();
    const publisher = await connectRaw({ host: '127.0.0.1', port: broker.port });
    const message = request('PUBLISH', 'a', Buffer.alloc(500_000));
    for (let answer = ''; answer !== ':0\r\n'; answer = `${await publisher.receive(4)}`) publisher.send(message);
    publisher.send(request('PING'));
    expect(`${await publisher.receive(7)}`).toBe('+PONG\r\n');
    slow.close();
    publisher.close();
  });
});

async function startRedis(path: string): Promise<Server> {
  const port = await findFreePort();
  const folder = mkdtempSync(join(tmpdir(), 'broker-contract-'));
  const program = { name: 'redis', command: path, args: redisArguments(port, folder), folder, environment: { PATH } };
  const running = launchProgram(program, () => undefined);
  await pollUntil((signal) => accepts({ host: '127.0.0.1', port }, signal), AbortSignal.timeout(10_000));
  return {
    port,
    async close() {
      running.kill();
      await running.exited;
      rmSync(folder, { recursive: true });
    },
  };
}
