import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { conversations } from './answers.ts';
import { patterns } from './patterns.ts';
import { connectRaw, type RawClient, request } from './raw-client.ts';

/** A server that speaks the protocol of Redis. */
export interface Server {
  port: number;
  close(): Promise<void>;
}

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** What the development broker promises, and a real Redis keeps too. */
export function brokerContract(title: string, start: () => Promise<Server>): void {
  describe(title, () => {
    let server: Server;
    const clients: RawClient[] = [];
    beforeAll(async () => {
      server = await start();
    });
    afterEach(async () => {
      for (const client of clients.splice(0)) client.close();
      const observer = await connect();
      await expect.poll(() => ask(observer, 'PUBSUB', 'CHANNELS')).toBe('*0\r\n');
      await expect.poll(() => ask(observer, 'PUBSUB', 'NUMPAT')).toBe(':0\r\n');
    });
    afterAll(() => server.close());

    async function connect(protocol: 2 | 3 = 2): Promise<RawClient> {
      const client = await connectRaw({ host: '127.0.0.1', port: server.port });
      clients.push(client);
      if (protocol === 2) return client;
      client.send(request('HELLO', '3'));
      let answer = '';
      while (!answer.endsWith('modules\r\n*0\r\n')) answer += (await client.receive(1)).toString('latin1');
      expect(answer).toMatch(/^%7\r\n\$6\r\nserver\r\n/);
      return client;
    }

    async function expectAnswer(client: RawClient, words: (string | Buffer)[], answer: string): Promise<void> {
      client.send(request(...words));
      expect({ words, answer: (await client.receive(answer.length)).toString('latin1') }).toEqual({ words, answer });
    }

    for (const [topic, answers] of Object.entries(conversations)) {
      it(`answers in RESP2 about ${topic}`, async () => {
        const client = await connect(2);
        for (const [words, resp2] of answers) await expectAnswer(client, words, resp2);
      });

      it(`answers in RESP3 about ${topic}`, async () => {
        const client = await connect(3);
        for (const [words, resp2, resp3 = resp2] of answers) await expectAnswer(client, words, resp3);
      });
    }

    it('brings every byte of a channel, a pattern, a payload and a value through', async () => {
      const [listener, other] = [await connect(), await connect()];
      const bytes = everyByte.toString('latin1');
      const named = `$256\r\n${bytes}\r\n`;
      await expectAnswer(listener, ['SUBSCRIBE', everyByte], `*3\r\n$9\r\nsubscribe\r\n${named}:1\r\n`);
      await expectAnswer(other, ['PUBLISH', everyByte, everyByte], ':1\r\n');
      const message = `*3\r\n$7\r\nmessage\r\n${named}${named}`;
      expect((await listener.receive(message.length)).toString('latin1')).toBe(message);
      // As text both would be the same replacement character.
      await expectAnswer(listener, ['SUBSCRIBE', Buffer.from([0xff])], '*3\r\n$9\r\nsubscribe\r\n$1\r\n\xff\r\n:2\r\n');
      await expectAnswer(other, ['PUBLISH', Buffer.from([0xfe]), 'x'], ':0\r\n');
      await expectAnswer(other, ['SET', everyByte, everyByte], '+OK\r\n');
      await expectAnswer(other, ['GET', everyByte], named);
      await expectAnswer(other, ['ECHO', everyByte], named);
    });

    it('delivers to channels and patterns in RESP2 and RESP3, and counts deliveries', async () => {
      const [two, three, publisher] = [await connect(2), await connect(3), await connect()];
      await expectAnswer(two, ['SUBSCRIBE', 'news'], '*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n');
      await expectAnswer(three, ['SUBSCRIBE', 'news'], '>3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n');
      await expectAnswer(three, ['PSUBSCRIBE', 'n?ws'], '>3\r\n$10\r\npsubscribe\r\n$4\r\nn?ws\r\n:2\r\n');
      await expectAnswer(publisher, ['PUBLISH', 'news', 'hi'], ':3\r\n');
      const message = '3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n';
      const byPattern = '>4\r\n$8\r\npmessage\r\n$4\r\nn?ws\r\n$4\r\nnews\r\n$2\r\nhi\r\n';
      expect(`${await two.receive(message.length + 1)}`).toBe(`*${message}`);
      expect(`${await three.receive(message.length + 1 + byPattern.length)}`).toBe(`>${message}${byPattern}`);
      await expectAnswer(publisher, ['PUBSUB', 'CHANNELS'], '*1\r\n$4\r\nnews\r\n');
      await expectAnswer(publisher, ['PUBSUB', 'NUMSUB', 'news'], '*2\r\n$4\r\nnews\r\n:2\r\n');
      await expectAnswer(publisher, ['PUBSUB', 'NUMPAT'], ':1\r\n');
    });

    it('forgets a client that is gone', async () => {
      const [listener, publisher] = [await connect(), await connect()];
      await expectAnswer(listener, ['SUBSCRIBE', 'a'], '*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n');
      listener.close();
      await expect.poll(() => ask(publisher, 'PUBLISH', 'a', 'x')).toBe(':0\r\n');
    });

    it.each(patterns)('the pattern %j on the channel %j matches %i times', async (pattern, channel, matches) => {
      const [listener, publisher] = [await connect(), await connect()];
      listener.send(request('PSUBSCRIBE', pattern));
      await listener.receive(1);
      await expectAnswer(publisher, ['PUBLISH', channel, 'x'], `:${matches}\r\n`);
    });

    it('answers requests that arrive in pieces, and many that arrive at once', async () => {
      const client = await connect();
      for (const byte of request('ECHO', 'piece')) {
        client.send(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(`${await client.receive(11)}`).toBe('$5\r\npiece\r\n');
      client.send(Buffer.concat(Array.from({ length: 1000 }, () => request('PING'))));
      expect(`${await client.receive(7000)}`).toBe('+PONG\r\n'.repeat(1000));
    });

    it('passes over empty requests', async () => {
      const client = await connect();
      client.send('*0\r\n*-1\r\n');
      await expectAnswer(client, ['PING'], '+PONG\r\n');
    });

    it('says goodbye to QUIT and closes', async () => {
      const client = await connect();
      client.send(Buffer.concat([request('QUIT'), request('PING')]));
      await client.closed;
      expect(`${await client.receive(0)}`).toBe('+OK\r\n');
    });

    it('closes a connection that does not follow the protocol, with an error', async () => {
      const client = await connect();
      client.send('*1\r\n:1\r\n');
      await client.closed;
      expect(`${await client.receive(0)}`).toMatch(/^-ERR Protocol error/);
    });

    it('reads what a person types, with quotes', async () => {
      const client = await connect();
      client.send('PING\r\n\r\necho "a b\\x41\\n"\necho \'c d\'\r\n');
      expect(`${await client.receive(7 + 11 + 9)}`).toBe('+PONG\r\n$5\r\na bA\n\r\n$3\r\nc d\r\n');
      client.send('echo "a\r\n');
      await client.closed;
      expect(`${await client.receive(0)}`).toBe('-ERR Protocol error: unbalanced quotes in request\r\n');
    });

    it.each([2, 3] as const)('is enough for ioredis in RESP%i', async (protocol) => {
      const options = { host: '127.0.0.1', port: server.port, protocol };
      const [listener, publisher] = [new Redis(options), new Redis(options)];
      const received = new Promise((resolve) => listener.on('pmessageBuffer', (...message) => resolve(message)));
      await listener.psubscribe('a*');
      expect(await publisher.publish('ab', everyByte)).toBe(1);
      expect(await received).toEqual(['a*', Buffer.from('ab'), everyByte]);
      expect(await publisher.set(`resp${protocol}`, 'value', 'EX', 10, 'NX')).toBe('OK');
      expect(await publisher.getBuffer(`resp${protocol}`)).toEqual(Buffer.from('value'));
      expect(await publisher.client('ID')).toBeGreaterThan(0);
      await Promise.all([listener.quit(), publisher.quit()]);
    });
  });
}

async function ask(client: RawClient, ...words: string[]): Promise<string> {
  client.send(request(...words));
  return `${await client.receive(4)}`;
}
