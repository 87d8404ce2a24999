import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyHttpProxyOptions } from '@fastify/http-proxy';
import { Problem } from '@seaworthy/chassis/problem';
import type { FastifyReply } from 'fastify';
import { endToEnd, forwardedHeaders } from './forwarded.ts';
import type { Destination } from './route-table.ts';

/** How requests are passed on: untouched, at once, and never twice. */
export function proxyOptions(destinationOf: (url: string | undefined) => Destination): FastifyHttpProxyOptions {
  return {
    upstream: '',
    // A stream of events may be silent for long; a service ends its own requests.
    undici: { bodyTimeout: 0 },
    disableRequestLogging: true,
    handler(request, reply, dest, options) {
      limitTime(reply as FastifyReply, destinationOf(request.url));
      return reply.from(dest, options);
    },
    replyOptions: {
      getUpstream: ({ url }) => destinationOf(url).upstream,
      rewriteRequestHeaders: ({ raw }) => withoutIgnoredBody(raw.method, forwardedHeaders(raw)),
      rewriteHeaders: (headers) => endToEnd(headers),
      onResponse(_request, reply, { stream }) {
        if (reply.sent) return void stream.destroy();
        void reply.send(stream);
        // Without this the headers of a stream of events wait for its first event.
        if ('flushHeaders' in reply.raw) reply.raw.flushHeaders();
      },
      onError: (reply, { error }) => void reply.send(explain(error, destinationOf(reply.request.url))),
      // A 503 is an answer for the caller, not for the gateway to try again.
      retryDelay: () => null,
    },
  };
}

/** Fastify does not read the body of these, so that nothing may be announced to the service. */
function withoutIgnoredBody(method: string | undefined, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  if (method !== 'GET' && method !== 'HEAD' && method !== 'TRACE') return headers;
  const { 'content-length': _length, ...others } = headers;
  return others;
}

function limitTime(reply: FastifyReply, { backend, timeoutMs }: Destination): void {
  if (timeoutMs === undefined) return;
  const timer = setTimeout(() => {
    if (reply.sent) reply.raw.destroy();
    else void reply.send(new Problem('unavailable', `${backend} took longer than its route allows (${timeoutMs} ms).`));
  }, timeoutMs);
  reply.raw.once('close', () => clearTimeout(timer));
}

/** What went wrong with a service, in words for its developer. */
function explain(error: Error, { backend }: Destination): Problem {
  const { cause } = error;
  if (cause instanceof Problem) return cause;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const detail =
    code === 'ECONNREFUSED' ? 'is not running: it starts, or its log says why not' : `broke the connection (${code})`;
  return new Problem('unavailable', `${backend} ${detail}.`, { retryAfterSeconds: 1 });
}
