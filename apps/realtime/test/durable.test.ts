import { expect, it } from 'vitest';
import { world } from './world.ts';

const turn = () => new Promise(setImmediate);

/** A hub whose broker loses what it would tell of a durable channel, until `heal`. */
async function lossy() {
  const here = world();
  const channel = here.hub.channel('durable');
  const member = await here.client('durable');
  const publish = (text: string) => here.broker.publish(channel, Buffer.from(text));
  let isDeaf = false;
  const { broker } = here;
  const receiver = here.receiver();
  broker.receive({
    ...receiver,
    message: (...message) => isDeaf || receiver.message(...message),
  });
  return { ...here, ...member, publish, deafen: (deaf: boolean) => (isDeaf = deaf) };
}

it('fills a hole as soon as it is seen, before anything later', async () => {
  const { publish, deafen, events, counted } = await lossy();
  await publish('1');
  deafen(true);
  for (const text of ['2', '3']) await publish(text);
  deafen(false);
  await publish('4');
  await publish('5');
  await turn();
  expect(events).toEqual(['1:1', '2:2', '3:3', '4:4', '5:5']);
  expect(counted.filled).toBeGreaterThanOrEqual(2);
});

it('has lost nothing after an outage', async () => {
  const { publish, deafen, events, resumed } = await lossy();
  deafen(true);
  for (const text of ['1', '2', '3']) await publish(text);
  deafen(false);
  resumed('durable');
  await turn();
  expect(events).toEqual(['1:1', '2:2', '3:3']);
});

it('members of a channel in passing are told of an outage', async () => {
  const { client, resumed, broker } = world();
  const { events } = await client('x');
  broker.pass('x', '1');
  resumed('x');
  broker.pass('x', '2');
  expect(events).toEqual(['1:1', 'gap ?..? redis', '2:2']);
});

it('what passes on a durable channel has no number', async () => {
  const { publish, broker, events } = await lossy();
  await publish('1');
  broker.pass('durable', 'by the way');
  await publish('2');
  expect(events).toEqual(['1:1', '-:by the way', '2:2']);
});

it.each([
  ['fewer messages than were handed out', 0],
  ['others under the same numbers', 1],
  ['others under the same numbers, and more', 5],
])('tells of a store that has lost its end and has %s, and hands over all of those', async (_what, others) => {
  const { publish, broker, deafen, events, resumed } = await lossy();
  for (const text of ['1', '2', '3']) await publish(text);
  broker.forget('durable', 1);
  deafen(true);
  for (let at = 0; at < others; at++) await publish(`other ${at}`);
  deafen(false);
  resumed('durable');
  await turn();
  await publish('last');
  await turn();
  const expected = [...Array.from({ length: others }, (_, at) => `other ${at}`), 'last'];
  expect(events.slice(3)).toEqual(['gap ?..? reset', ...expected.map((text, at) => `${at + 3}:${text}`)]);
});

it('tells of a store that was lost, and hands over what the new one has', async () => {
  const { publish, broker, deafen, events } = await lossy();
  for (const text of ['1', '2']) await publish(text);
  broker.forget('durable', Number.POSITIVE_INFINITY);
  deafen(true);
  await publish('new 1');
  deafen(false);
  await publish('new 2');
  await turn();
  expect(events).toEqual(['1:1', '2:2', 'gap ?..? reset', '1:new 1', '2:new 2']);
});

it('waits for a store that does not answer', async () => {
  const { publish, broker, clock, deafen, events } = await lossy();
  deafen(true);
  await publish('1');
  deafen(false);
  const read = broker.read;
  broker.read = () => Promise.reject(new Error('away'));
  await publish('2');
  await turn();
  broker.read = read;
  expect(events).toEqual([]);
  clock.pass(1000);
  await turn();
  expect(events).toEqual(['1:1', '2:2']);
});

it('a read that crosses with messages neither loses nor repeats any', async () => {
  const { publish, broker, events, resumed } = await lossy();
  const read = broker.read;
  broker.read = async (...range) => {
    const stored = await read(...range);
    await publish('while it was read');
    return stored;
  };
  await publish('1');
  resumed('durable');
  await turn();
  broker.read = read;
  await publish('last');
  await turn();
  expect(events.map((event) => Number.parseInt(event, 10))).toEqual(events.map((_, at) => at + 1));
  expect(events.at(-1)).toMatch(/last$/);
});
