import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Problem } from '@seaworthy/chassis/problem';
import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { ChannelName, realtimeLimits, Ticket } from '@seaworthy/contracts/realtime';
import { realtimeV1 } from '@seaworthy/contracts/realtime-v1';
import { Type } from 'typebox';
import { WebSocketServer } from 'ws';
import { channelsOf } from '../channels.ts';
import { type Clock, within } from '../clock.ts';
import type { Crowd, Enter } from '../entrance.ts';
import { converse, type Protocol } from './conversation.ts';
import { asksForWebSocket, checkKey, requireUpgrade } from './handshake.ts';
import type { Upgrade } from './upgrades.ts';

const subscribeMilliseconds = 5000;

interface Door {
  clients: Crowd;
  enter: Enter;
  clock: Clock;
  upgradeOf: (request: IncomingMessage) => Upgrade | undefined;
  plain: Protocol;
  v1: Protocol;
}

const Query = Type.Object(
  {
    channel: Type.Optional(Type.Array(ChannelName, { maxItems: realtimeLimits.channelsPerConnection })),
    ticket: Type.Optional(Ticket),
  },
  { additionalProperties: false },
);

/**
 * The route that becomes a WebSocket. The channels of its query are subscribed before the upgrade is answered, so that
 * whatever is published after the client's `open` event arrives.
 */
export function openChannel({ clients, enter, clock, upgradeOf, plain, v1 }: Door) {
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: realtimeLimits.incomingBytes,
    handleProtocols: (offered) => offered.has(realtimeV1) && realtimeV1, // of the others we speak none
  });
  return route({
    schema: {
      summary: 'Opens a WebSocket',
      description: 'Joins the channels and delivers what is published to them. The protocol is in the README.',
      querystring: Query,
      response: {
        101: Type.Null({ description: 'The connection is a WebSocket now.' }),
        ...problemResponses('unauthenticated', 'forbidden', 'too-many-requests', 'unavailable'),
      },
    },
    config: { open: true }, // to Fastify: `enter` takes tickets, and who says later who it is
    handler: async (request, reply) => {
      const { raw, ip, headers, query, log } = request;
      const upgrade = asksForWebSocket(headers) ? upgradeOf(raw) : undefined;
      if (upgrade) checkKey(headers);
      const channels = channelsOf(request.url, query.channel);
      const strangers = upgrade !== undefined && channels.length === 0;
      const visitor = await enter({ raw, ip, ticket: query.ticket, strangers });
      if (!upgrade) return requireUpgrade(reply);
      const session = clients.admit(visitor);
      onceGone(upgrade.socket, () => clients.release(session));
      await within({ clock, milliseconds: subscribeMilliseconds, late }, session.prepare(channels));
      if (session.closed) throw new Problem('unavailable', 'The service is stopping.', { retryAfterSeconds: 1 });
      reply.hijack();
      upgrade.response.detachSocket(upgrade.socket as Socket);
      const { socket: tcp, head } = upgrade;
      acceptor.handleUpgrade(raw, tcp, head, (socket) => {
        converse(session, { socket, tcp }, socket.protocol === realtimeV1 ? v1 : plain);
      });
      log.debug({ channels: channels.length }, 'client connected');
    },
  });
}

function late(): Problem {
  return new Problem('unavailable', 'The channels could not be joined in time.', { retryAfterSeconds: 5 });
}

/** Also where the client went away while its token was verified: that `close` event has been. */
function onceGone(socket: Duplex, run: () => void): void {
  if (socket.closed) run();
  else socket.once('close', run);
}
