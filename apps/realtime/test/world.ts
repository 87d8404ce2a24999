import { anybody } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import { type Gap, realtimeCloseCodes } from '@seaworthy/contracts/realtime';
import { accessOf } from '../src/access.ts';
import type { Receiver } from '../src/broker.ts';
import type { Format, Message } from '../src/entry.ts';
import { Hub, type HubLimits } from '../src/hub.ts';
import { memoryBroker } from '../src/memory/memory-broker.ts';
import type { Peer } from '../src/peer.ts';
import { Session } from '../src/session.ts';
import { manualClock } from './manual-clock.ts';

/** Writes a line for each message and each loss. */
const lines: Format = {
  message: ({ payload, offset }: Message) => Buffer.from(`${offset ?? '-'}:${payload}\n`),
  gap: ({ from, to, reason }: Gap) => Buffer.from(`gap ${from ?? '?'}..${to ?? '?'} ${reason}\n`),
};

/** A client's end that keeps what it is told, a line each. */
export interface TestPeer extends Peer {
  backlog: number;
  events: string[];
}

export function testPeer(): TestPeer {
  const events: string[] = [];
  return {
    face: 'test',
    format: lines,
    backlog: 0,
    events,
    write: (bytes) => void events.push(...bytes.toString().trim().split('\n')),
    cork: () => undefined,
    uncork: () => undefined,
    ping: () => void events.push('ping'),
    close: (code, reason) => void events.push(`close ${code} ${reason}`),
    terminate: () => void events.push('terminate'),
  };
}

interface WorldOptions {
  ring?: Partial<HubLimits['ring']>;
  limits?: Partial<HubLimits>;
}

/** A hub on a broker in memory, with time that stands still, and clients of it; channels `durable*` are durable. */
export function world({ ring, limits }: WorldOptions = {}) {
  const [clock, broker] = [manualClock(), memoryBroker()];
  let receiver: Receiver | undefined;
  const receive = broker.receive;
  broker.receive = (given) => {
    receiver = given;
    receive(given);
  };
  const counted = { gaps: [] as string[], filled: 0, slow: 0 };
  const hub = new Hub({
    broker,
    clock,
    epoch: 'here',
    isDurable: (name) => name.startsWith('durable'),
    limits: {
      ring: { entries: 100, bytes: 1024 ** 2, milliseconds: 60_000, ...ring },
      maxDelayMilliseconds: 10,
      sendBudgetBytes: 256 * 1024,
      messageBytes: 1024,
      ...limits,
    },
    observer: {
      message: () => undefined,
      flush: () => undefined,
      gap: (reason) => void counted.gaps.push(reason),
      fill(messages) {
        counted.filled += messages;
      },
    },
  });
  const access = accessOf(anybody);
  const log = createLog({ name: 'test', level: 'silent' });
  const session = () => {
    const onClose = (code: number) => {
      if (code === realtimeCloseCodes.slow) counted.slow++;
    };
    const begun = new Session({ hub, clock, log, onClose, now: () => clock.now(), verify: async () => access });
    begun.manners.permit.grant(access);
    return begun;
  };

  async function client(...channels: string[]) {
    const [member, peer] = [session(), testPeer()];
    await member.prepare(channels);
    member.open(peer);
    return { session: member, peer, events: peer.events };
  }

  /** Payloads that arrive in one read. */
  function together(channel: string, ...payloads: string[]): void {
    for (const payload of payloads) receiver?.message(channel, Buffer.from(payload));
    receiver?.settled();
  }

  /** Redis was away, and is back. */
  const resumed = (channel: string) => receiver?.resumed(channel);

  return { clock, broker, hub, counted, session, client, together, resumed, receiver: () => receiver as Receiver };
}
