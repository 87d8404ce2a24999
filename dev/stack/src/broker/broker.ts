import { createServer, type Socket } from 'node:net';
import type { Caller, Shared } from './caller.ts';
import { createChannels } from './channels.ts';
import { dispatch } from './dispatch.ts';
import { createKeyspace } from './keyspace.ts';
import { encodeReply, error } from './reply.ts';
import { createRequestReader, ProtocolError } from './requests.ts';

/** What one client may cost, in bytes. */
interface BrokerLimits {
  maxRequestBytes: number;
  /** What may wait for a client that reads too slowly; beyond that it is cut off, as Redis does. */
  maxUnreadBytes: number;
}

/** A broker that listens. */
export interface Broker {
  port: number;
  close(): Promise<void>;
}

const usualLimits: BrokerLimits = { maxRequestBytes: 16 * 1024 * 1024, maxUnreadBytes: 32 * 1024 * 1024 };

/**
 * Starts a small broker on this machine only: publish and subscribe, and a few commands on keys, over the protocol of
 * Redis. It is for development and is NOT Redis: nothing is stored, and no scripts, streams or clusters.
 */
export async function startBroker(port: number, limits: BrokerLimits = usualLimits): Promise<Broker> {
  const shared: Shared = { channels: createChannels(), keyspace: createKeyspace(Date.now) };
  const sockets = new Set<Socket>();
  let clients = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    clients += 1;
    serve(socket, { id: clients, shared, limits });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function serve(socket: Socket, { id, shared, limits }: { id: number; shared: Shared; limits: BrokerLimits }): void {
  let over = false;
  const caller: Caller = {
    id,
    protocol: 2,
    name: Buffer.alloc(0),
    send(reply) {
      socket.write(encodeReply(reply, caller.protocol));
      if (socket.writableLength > limits.maxUnreadBytes) socket.destroy();
    },
    end() {
      over = true;
    },
  };
  const reader = createRequestReader(limits.maxRequestBytes, (words) => {
    if (over) return;
    for (const reply of dispatch(words, caller, shared)) caller.send(reply);
  });
  socket.on('data', (bytes: Buffer) => {
    // Answers to what arrived together leave together.
    socket.cork();
    try {
      reader.take(bytes);
    } catch (fault) {
      if (!(fault instanceof ProtocolError)) throw fault;
      caller.send(error(`ERR ${fault.message}`));
      over = true;
    }
    socket.uncork();
    if (over) socket.end();
  });
  // A client that vanishes is its own affair.
  socket.on('error', () => socket.destroy());
  socket.once('close', () => shared.channels.forget(caller));
}
