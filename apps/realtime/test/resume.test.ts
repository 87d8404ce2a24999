import type { Position } from '@seaworthy/contracts/realtime';
import { expect, it } from 'vitest';
import type { Joined } from '../src/joined.ts';
import { world } from './world.ts';

type World = ReturnType<typeof world>;

async function comeBack({ client }: World, channel: string, since: Position) {
  const { session, events } = await client();
  let joined: Joined | undefined;
  await session.join(channel, { since, onJoined: (answer) => (joined = answer) });
  await new Promise(setImmediate);
  return { events, joined };
}

async function publish({ broker, hub }: World, channel: string, ...texts: string[]): Promise<Position> {
  let position: Position | undefined;
  for (const text of texts) position = await broker.publish(hub.channel(channel), Buffer.from(text));
  return position as Position;
}

it('who comes back to a channel in passing gets what is still kept', async () => {
  const here = world();
  await here.client('x');
  for (const text of ['1', '2', '3']) here.broker.pass('x', text);
  const { events, joined } = await comeBack(here, 'x', { epoch: 'here', offset: 1 });
  expect(joined).toEqual({ position: { epoch: 'here', offset: 3 }, recovered: true });
  expect(events).toEqual(['2:2', '3:3']);
});

it('who comes from another process to a channel in passing is told that nobody knows', async () => {
  const here = world();
  await here.client('x');
  here.broker.pass('x', '1');
  const { events, joined } = await comeBack(here, 'x', { epoch: 'there', offset: 0 });
  here.broker.pass('x', '2');
  expect(joined?.recovered).toBe(false);
  expect(events).toEqual(['gap ?..? reset', '2:2']);
});

it('who comes back to a durable channel gets all since, from the store where it was long ago', async () => {
  const here = world({ ring: { entries: 3 } });
  const texts = Array.from({ length: 1000 }, (_, at) => `m${at + 1}`);
  const { epoch } = await publish(here, 'durable', ...texts);
  const { events, joined } = await comeBack(here, 'durable', { epoch, offset: 10 });
  expect(joined).toEqual({ position: { epoch, offset: 1000 }, recovered: true });
  await expect.poll(() => events.length).toBe(990);
  expect(events).toEqual(texts.slice(10).map((text, at) => `${at + 11}:${text}`));
});

it('a thousand who come back share the reads', async () => {
  const here = world({ ring: { entries: 3 } });
  const { epoch } = await publish(here, 'durable', ...Array.from({ length: 200 }, (_, at) => `${at}`));
  let reads = 0;
  const read = here.broker.read;
  here.broker.read = (...range) => {
    reads++;
    return read(...range);
  };
  const backs = Array.from({ length: 1000 }, (_, at) => comeBack(here, 'durable', { epoch, offset: at % 200 }));
  const events = (await Promise.all(backs)).map((back) => back.events);
  await expect.poll(() => events.map(({ length }) => length)).toEqual(events.map((_, at) => 200 - (at % 200)));
  expect(reads).toBe(2);
});

it('what is no longer stored is told as missing', async () => {
  const here = world({ ring: { entries: 3 } });
  const { epoch } = await publish(here, 'durable', ...Array.from({ length: 20 }, (_, at) => `${at + 1}`));
  const read = here.broker.read;
  here.broker.read = async (channel, range) => {
    const stored = await read(channel, range);
    return { ...stored, messages: stored.messages.filter(({ offset }) => offset > 15) };
  };
  const { events } = await comeBack(here, 'durable', { epoch, offset: 5 });
  await expect.poll(() => events.length).toBe(6);
  expect(events).toEqual(['gap 6..15 trimmed', '16:16', '17:17', '18:18', '19:19', '20:20']);
});

it('who comes back from a store that was lost is told, and gets what there is now', async () => {
  const here = world();
  const { epoch } = await publish(here, 'durable', '1', '2');
  const { events, joined } = await comeBack(here, 'durable', { epoch: 'lost', offset: 70 });
  expect(joined).toEqual({ position: { epoch, offset: 2 }, recovered: false });
  expect(events).toEqual(['gap ?..? reset', '1:1', '2:2']);
});
