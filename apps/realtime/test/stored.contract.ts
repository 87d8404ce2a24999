import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Broker } from '../src/broker.ts';
import { durable, passing } from './channels.ts';

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** What every broker promises of durable channels, and of publishing; see the port. */
export function storedContract(create: () => Promise<Broker>): void {
  const channelOf = (name = `${randomUUID()} ü}{😀`) => durable(name);

  /** What a broker tells of itself, to be waited for. */
  function listen(broker: Broker) {
    const told: unknown[][] = [];
    const message = (...parts: unknown[]) => void told.push(parts);
    broker.receive({ message, settled: () => undefined, resumed: () => undefined });
    return async (count: number) => {
      await expect.poll(() => told.length).toBe(count);
      return told;
    };
  }

  async function filled(count: number) {
    const [broker, channel] = [await create(), channelOf()];
    const positions = [];
    for (let at = 1; at <= count; at++) positions.push(await broker.publish(channel, Buffer.from(`${at}`)));
    const epoch = positions[0]?.epoch as string;
    return { broker, channel, positions, epoch };
  }

  it('numbers what is published, from 1 on in one epoch', async () => {
    const { positions, epoch } = await filled(3);
    expect(positions).toEqual([1, 2, 3].map((offset) => ({ epoch, offset })));
  });

  it('tells of it with its position, byte for byte', async () => {
    const [broker, channel] = [await create(), channelOf()];
    const told = listen(broker);
    await broker.subscribe(channel);
    const position = await broker.publish(channel, everyByte);
    expect(await told(1)).toEqual([[channel.name, everyByte, expect.objectContaining(position)]]);
  });

  it('publishes in passing to a channel that is not durable', async () => {
    const [broker, channel] = [await create(), passing(randomUUID())];
    const told = listen(broker);
    await broker.subscribe(channel);
    expect(await broker.publish(channel, everyByte)).toBeUndefined();
    expect((await told(1))[0]?.slice(0, 2)).toEqual([channel.name, everyByte]);
  });

  it.each([durable, passing])('publishes a repetition of a key once', async (channelFor) => {
    const [broker, channel] = [await create(), channelFor(randomUUID())];
    const told = listen(broker);
    await broker.subscribe(channel);
    const first = await broker.publish(channel, Buffer.from('1'), 'key');
    expect(await broker.publish(channel, Buffer.from('again'), 'key')).toEqual(first);
    await broker.publish(channel, Buffer.from('2'), 'other key');
    expect((await told(2)).map(([, payload]) => String(payload))).toEqual(['1', '2']);
  });

  it('reads the newest, oldest first', async () => {
    const { broker, channel, epoch } = await filled(5);
    expect(await broker.read(channel, { limit: 2 })).toEqual({
      epoch,
      begins: 0,
      head: 5,
      messages: [4, 5].map((offset) => ({ offset, payload: Buffer.from(`${offset}`) })),
    });
  });

  it('reads on after a position, so many at a time', async () => {
    const { broker, channel, epoch } = await filled(5);
    const { messages } = await broker.read(channel, { after: { epoch, offset: 1 }, limit: 3 });
    expect(messages.map(({ offset }) => offset)).toEqual([2, 3, 4]);
  });

  it('reads a channel to which nothing was published', async () => {
    const broker = await create();
    const channel = channelOf();
    const { epoch, ...rest } = await broker.read(channel, { limit: 10 });
    expect(rest).toEqual({ begins: 0, head: 0, messages: [] });
    expect((await broker.publish(channel, Buffer.from('1')))?.epoch).toBe(epoch);
  });

  it('reads nothing after a position of another epoch', async () => {
    const { broker, channel } = await filled(2);
    const { messages } = await broker.read(channel, { after: { epoch: 'other', offset: 0 }, limit: 3 });
    expect(messages).toEqual([]);
  });

  it('begins another epoch after a position, once, and goes on counting', async () => {
    const { broker, channel, epoch } = await filled(5);
    await broker.renew(channel, { epoch, offset: 3 });
    await broker.renew(channel, { epoch, offset: 1 });
    const { epoch: renewed, ...stored } = await broker.read(channel, { limit: 10 });
    expect(renewed).not.toBe(epoch);
    expect([stored.begins, stored.head, stored.messages.map(({ offset }) => offset)]).toEqual([3, 5, [4, 5]]);
    expect(await broker.publish(channel, Buffer.from('6'))).toEqual({ epoch: renewed, offset: 6 });
  });
}
