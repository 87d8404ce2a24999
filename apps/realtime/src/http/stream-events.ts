import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { Problem } from '@seaworthy/chassis/problem';
import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { ChannelName, type Position, Ticket } from '@seaworthy/contracts/realtime';
import { Type } from 'typebox';
import { channelsOf } from '../channels.ts';
import { type Clock, within } from '../clock.ts';
import type { Crowd, Enter } from '../entrance.ts';
import { placeEvent } from './event-format.ts';
import { eventPeer } from './event-peer.ts';

interface World {
  clients: Crowd;
  enter: Enter;
  clock: Clock;
}

const subscribeMilliseconds = 5000;
const retryMilliseconds = 2000;

/** `GET /events` */
export function streamEvents({ clients, enter, clock }: World) {
  const definition = route({
    schema,
    config: { open: true }, // to Fastify: `enter` takes tickets, too
    handler: async (request, reply) => {
      const [channel] = channelsOf(request.url, [request.query.channel]) as [string];
      const since = placeOf(request.headers['last-event-id']);
      const { raw, ip, query } = request;
      const session = clients.admit(await enter({ raw, ip, ticket: query.ticket, strangers: false }));
      onceGone(reply.raw, () => clients.release(session));
      const ready = session.prepare([channel], since && new Map([[channel, since]]));
      await within({ clock, milliseconds: subscribeMilliseconds, late }, ready);
      if (session.closed) throw new Problem('unavailable', 'The service is stopping.', { retryAfterSeconds: 1 });
      reply.hijack();
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        ...streamHeaders(request.headers.origin),
      });
      reply.raw.write(`retry: ${retryMilliseconds}\n\n`);
      reply.raw.on('drain', () => session.catchUp());
      session.open(eventPeer(reply.raw, session), (_channel, { position }) => {
        if (!since) reply.raw.write(placeEvent(position.epoch, position.offset));
      });
      request.log.debug('client connected');
    },
  });
  return { ...definition, exposeHeadRoute: false };
}

const schema = {
  operationId: 'streamEvents',
  summary: 'Streams the messages of a channel',
  description:
    'Server-Sent Events: `message` with the payload, `base64` with one that is not UTF-8, `gap` where messages are ' +
    'missing. The id is the place in the channel: who reconnects with `Last-Event-ID` goes on from there.',
  headers: Type.Object({
    'last-event-id': Type.Optional(Type.String({ description: 'The id of the last event that was received.' })),
  }),
  querystring: Type.Object({ channel: ChannelName, ticket: Type.Optional(Ticket) }, { additionalProperties: false }),
  response: {
    200: {
      description: 'The messages, as they are published.',
      content: { 'text/event-stream': { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
    },
    ...problemResponses('bad-request', 'unauthenticated', 'forbidden', 'too-many-requests', 'unavailable'),
  },
} as const;

/** nginx and its descendants would keep events back; a page of another origin was let in by `checkOrigin`. */
function streamHeaders(origin: string | undefined): Record<string, string> {
  return {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    vary: 'origin',
    ...(origin !== undefined && { 'access-control-allow-origin': origin }),
  };
}

/** @throws Problem of kind `bad-request` for what is no id of an event */
function placeOf(id = ''): Position | undefined {
  if (id === '') return undefined;
  const [, epoch, digits] = /^([\w-]{1,32}):(\d{1,16})$/.exec(id) ?? [];
  const offset = Number(digits);
  if (epoch !== undefined && Number.isSafeInteger(offset)) return { epoch, offset };
  throw new Problem('bad-request', 'Last-Event-ID is not the id of an event: leave it out to begin anew.');
}

function late(): Problem {
  return new Problem('unavailable', 'The channel could not be joined in time.', { retryAfterSeconds: 5 });
}

/** Also where the client went away while its token was verified: that `close` event has been. */
function onceGone(response: ServerResponse, run: () => void): void {
  if (response.closed || response.destroyed) run();
  else response.once('close', run);
}
