import { createLog } from '@seaworthy/chassis/log';
import { expect, it } from 'vitest';
import { Hub } from '../src/hub.ts';
import { memoryBroker } from '../src/memory/memory-broker.ts';
import { Session } from '../src/session.ts';
import { manualClock } from './manual-clock.ts';
import { holdBack } from './service.ts';

function conversation() {
  const [clock, broker] = [manualClock(), memoryBroker()];
  const hub = new Hub(broker);
  const slow = { count: 0 };
  const log = createLog({ name: 'test', level: 'silent' });
  const session = new Session({ hub, clock, log, sendBudgetBytes: 100, onSlow: () => void slow.count++ });
  const events: string[] = [];
  const peer = {
    backlog: 0,
    send: (data: string | Buffer, kind: string) => void events.push(`${kind} ${data}`),
    ping: () => void events.push('ping'),
    close: (code: number, reason: string) => void events.push(`close ${code} ${reason}`),
    terminate: () => void events.push('terminate'),
  };
  return { clock, broker, hub, slow, session, peer, events };
}

const message = { payload: Buffer.from('hi'), text: true };

it('hears nothing before it is open and after it has ended', () => {
  const { session, peer, events } = conversation();
  session.deliver(message);
  session.open(peer);
  session.deliver(message);
  session.end();
  session.deliver(message);
  expect(events).toEqual(['text hi']);
});

it('leaves all its channels when it ends', async () => {
  const { session, hub } = conversation();
  await session.enter(['a', 'b']);
  expect(hub.channels).toBe(2);
  session.end();
  expect(hub.channels).toBe(0);
});

it('closes a client with 1013 once more waits for it than the budget allows', () => {
  const { session, peer, events, slow } = conversation();
  session.open(peer);
  peer.backlog = 100;
  session.deliver(message);
  peer.backlog = 101;
  session.deliver(message);
  session.deliver(message);
  expect(events).toEqual(['text hi', 'close 1013 slow']);
  expect(slow.count).toBe(1);
});

it('hangs up on a client that was silent for a whole interval', () => {
  const { session, peer, events } = conversation();
  session.open(peer);
  session.beat();
  session.hear();
  session.beat();
  session.beat();
  expect(events).toEqual(['ping', 'ping', 'terminate']);
});

it('leaves a handshake alone, however long it takes', () => {
  const { session, peer, events } = conversation();
  session.beat();
  session.beat();
  session.open(peer);
  session.beat();
  expect(events).toEqual(['ping']);
});

it('closes a client with 1008 that keeps sending wrong frames', () => {
  const { session, peer, events } = conversation();
  session.open(peer);
  for (let frame = 0; frame < 100; frame++) session.receive('nonsense');
  expect(events.filter((event) => event.includes('malformed'))).toHaveLength(27);
  expect(events.at(-1)).toMatch(/^close 1008/);
});

it('bears a wrong frame now and then', () => {
  const { clock, session, peer, events } = conversation();
  session.open(peer);
  for (let frame = 0; frame < 100; frame++) {
    session.receive('nonsense');
    clock.pass(1000);
  }
  expect(events.filter((event) => event.includes('malformed'))).toHaveLength(100);
});

it('answers join only once, where the client left and joined again before the first was confirmed', async () => {
  const { session, peer, events, broker } = conversation();
  const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  broker.subscribe = () => answers.shift()?.promise ?? Promise.resolve();
  const [first, second] = [...answers];
  session.open(peer);
  for (const type of ['join', 'leave', 'join']) session.receive(JSON.stringify({ type, channel: 'a' }));
  first?.resolve();
  await new Promise(setImmediate);
  expect(events).toEqual(['text {"type":"left","channel":"a"}']);
  second?.resolve();
  await new Promise(setImmediate);
  expect(events.at(-1)).toBe('text {"type":"joined","channel":"a"}');
});

it('answers a channel that the broker refuses with an error, and does not count it', async () => {
  const { session, peer, events, hub, broker } = conversation();
  broker.subscribe = () => Promise.reject(new Error('NOPERM'));
  session.open(peer);
  session.receive('{"type":"join","channel":"secret"}');
  await new Promise(setImmediate);
  expect(events.join()).toContain('"code":"refused"');
  expect(events.join()).not.toContain('NOPERM');
  expect(hub.channels).toBe(0);
});

it('asks anew for a channel that it is in already, and answers when that is confirmed', async () => {
  const { session, peer, events, broker } = conversation();
  session.open(peer);
  await session.enter(['a']);
  const { confirm } = holdBack(broker);
  session.receive('{"type":"join","channel":"a"}');
  await new Promise(setImmediate);
  expect(events).toEqual([]);
  confirm();
  await new Promise(setImmediate);
  expect(events).toEqual(['text {"type":"joined","channel":"a"}']);
});

it('is out of a channel that is refused when it joins again, and both of two joins are told so', async () => {
  const { session, peer, events, hub, broker } = conversation();
  session.open(peer);
  await session.enter(['a']);
  broker.subscribe = () => Promise.reject(new Error('NOPERM'));
  for (const type of ['join', 'join']) session.receive(JSON.stringify({ type, channel: 'a' }));
  await new Promise(setImmediate);
  expect(events.map((event) => JSON.parse(event.slice(5)).code)).toEqual(['refused', 'refused']);
  expect(hub.channels).toBe(0);
});

it('answers nothing but left to a join that is refused after its leave', async () => {
  const { session, peer, events, broker } = conversation();
  broker.subscribe = () => Promise.reject(new Error('NOPERM'));
  session.open(peer);
  for (const type of ['join', 'leave']) session.receive(JSON.stringify({ type, channel: 'a' }));
  await new Promise(setImmediate);
  expect(events).toEqual(['text {"type":"left","channel":"a"}']);
});
