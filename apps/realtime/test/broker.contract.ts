import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Broker } from '../src/broker.ts';
import { passing } from './channels.ts';

/** A broker under test, and somebody who publishes to it from outside. */
export interface Subject {
  broker: Broker;
  /** Resolves when the message was accepted, not when it was received. */
  publish(channel: string, payload: string | Buffer): Promise<unknown>;
}

type Received = [channel: string, payload: Buffer];

/** Everything that a broker receives, to be waited for. */
function listen(broker: Broker) {
  const received: Received[] = [];
  let notify = () => {};
  broker.receive({
    message(channel, payload) {
      received.push([channel, payload]);
      notify();
    },
    settled: () => undefined,
    resumed: () => undefined,
  });
  const until = async (count: number): Promise<Received[]> => {
    while (received.length < count) await new Promise<void>((resolve) => (notify = resolve));
    return received;
  };
  return { received, until };
}

/** What every broker promises; see the port. */
export function brokerContract(create: () => Promise<Subject>): void {
  it.each([
    ['text', Buffer.from('hello')],
    ['an empty payload', Buffer.alloc(0)],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['a mebibyte', Buffer.alloc(1024 ** 2, 'x')],
  ])('hands over %s byte for byte', async (_what, payload) => {
    const { broker, publish } = await create();
    const channel = randomUUID();
    const { until } = listen(broker);
    await broker.subscribe(passing(channel));
    await publish(channel, payload);
    expect(await until(1)).toEqual([[channel, payload]]);
  });

  it('hands over what is published after a subscription is confirmed, once and in order', async () => {
    const { broker, publish } = await create();
    const channel = `${randomUUID()} ü😀`;
    const { until } = listen(broker);
    await Promise.all([broker.subscribe(passing(channel)), broker.subscribe(passing(channel))]);
    for (const payload of ['1', '2', '3']) await publish(channel, payload);
    expect((await until(3)).map(([, payload]) => payload.toString())).toEqual(['1', '2', '3']);
  });

  it('hands over nothing of other channels and patterns', async () => {
    const { broker, publish } = await create();
    const channel = randomUUID();
    const { until } = listen(broker);
    await Promise.all([broker.subscribe(passing('*')), broker.subscribe(passing(channel))]);
    await publish(randomUUID(), 'not for us');
    await publish(channel, 'for us');
    expect((await until(1)).map(([, payload]) => payload.toString())).toEqual(['for us']);
  });

  it('hands over nothing after the end of a subscription', async () => {
    const { broker, publish } = await create();
    const [left, kept] = [randomUUID(), randomUUID()];
    const { until } = listen(broker);
    await Promise.all([broker.subscribe(passing(left)), broker.subscribe(passing(kept))]);
    broker.unsubscribe(passing(left));
    await broker.subscribe(passing(randomUUID())); // commands are obeyed in their order
    await publish(left, 'too late');
    await publish(kept, 'kept');
    expect((await until(1)).map(([, payload]) => payload.toString())).toEqual(['kept']);
  });

  it('lets the last wish win, however quickly they follow each other', async () => {
    const { broker, publish } = await create();
    const channel = randomUUID();
    const { until } = listen(broker);
    for (let round = 0; round < 200; round++) {
      void broker.subscribe(passing(channel));
      broker.unsubscribe(passing(channel));
    }
    await broker.subscribe(passing(channel));
    await publish(channel, 'heard');
    expect(await until(1)).toHaveLength(1);
  });
}
