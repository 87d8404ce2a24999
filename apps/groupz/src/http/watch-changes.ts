import type { Readable } from 'node:stream';
import { preferredType } from '@seaworthy/chassis/accept';
import { Problem } from '@seaworthy/chassis/problem';
import { route } from '@seaworthy/chassis/route';
import { ChangePage, ChangeQuery } from '@seaworthy/contracts/groupz';
import { Type } from 'typebox';
import type { ChangeLog } from '../change-log.ts';
import type { Clock } from '../clock.ts';
import { appendedWithin } from './append-wait.ts';
import { changeEvents } from './change-events.ts';
import { patientStream } from './patient-stream.ts';
import { Watchers } from './watchers.ts';

interface WatchOptions {
  clock: Clock;
  /** How many may watch at once. */
  mostWatchers?: number;
}

const defaultWaitSeconds = 20;
const mostPerPage = 500;

const types = ['application/json', 'text/event-stream'] as const;

// Fastify counts the time of a handler to the end of a stream. The longest that a timer can be set to: 24 days; who
// still watches then connects again. A poll ends by itself.
const handlerTimeout = 2 ** 31 - 1;

/**
 * `GET /v1/resource-groups/changes`: a long poll, or Server-Sent Events. Both end when the log closes: it has to be
 * closed before the server waits for its connections to end.
 */
export function watchChanges(changes: ChangeLog, { clock, mostWatchers = 1000 }: WatchOptions) {
  const watchers = new Watchers(mostWatchers);
  const definition = route({
    schema,
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store').header('vary', 'accept');
      const type = preferredType(request.headers.accept, types);
      if (type === undefined) throw new Problem('not-acceptable', `This is offered as ${types.join(' or ')}.`);
      const streams = type === 'text/event-stream';
      const since = (streams && request.headers['last-event-id']) || request.query.since;
      // Before a stream begins: afterwards no status can tell what is wrong with the cursor.
      const { cursor, changes: known } = changes.since(since ?? changes.cursor, mostPerPage);
      const watch = () => ({ changes, clock, signal: watchers.admit(reply.raw) });
      reply.type(`${type}; charset=utf-8`);
      if (streams) {
        reply.header('x-accel-buffering', 'no'); // nginx and its descendants would keep events back
        const watching = watch();
        // The log of requests tells nothing of those whose client went, and that is how most streams end.
        watching.signal.addEventListener('abort', () => request.log.info('stream of changes ended'));
        return reply.send(patientStream(changeEvents, since ?? cursor, watching));
      }
      const { wait = defaultWaitSeconds } = request.query;
      const waits = since !== undefined && known.length === 0 && wait > 0 && request.method !== 'HEAD';
      if (waits) await appendedWithin(wait * 1000, watch());
      const page = changes.since(since ?? cursor, mostPerPage);
      return reply.send({ value: page.changes.map(({ change }) => change), cursor: page.cursor });
    },
  });
  return { ...definition, handlerTimeout };
}

const schema = {
  operationId: 'watchChanges',
  summary: 'Tells what changes, as it is seen',
  description:
    'For `Accept: text/event-stream`, Server-Sent Events `added`, `removed` and `changed`, whose data is a change: a ' +
    'client that reconnects with `Last-Event-ID` misses nothing. Otherwise a long poll. Changes are seen when a ' +
    'subscription is read again; what comes and goes between two readings is not. At first and after a 410: read ' +
    'the list, then watch from the cursor in its `Link` header with `rel="monitor"`.',
  tags: ['resource groups'],
  headers: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({ description: 'Of a stream: the cursor up to which changes are known; stronger than `since`.' }),
    ),
  }),
  querystring: ChangeQuery,
  response: {
    200: {
      description: 'The changes after `since`, at most 500; or a stream of them.',
      content: {
        'application/json': { schema: ChangePage },
        'text/event-stream': { schema: Type.Unsafe<Readable>({ type: 'string' }) },
      },
    },
  },
} as const;
