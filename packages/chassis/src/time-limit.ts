import { errorCodes, type FastifyReply } from 'fastify';
import { Problem } from './problem.ts';
import type { Server } from './route.ts';

/**
 * Answers requests as too slow (`FST_ERR_HANDLER_TIMEOUT`) that have no answer after a time in milliseconds, or up to
 * a thirtieth later, and those as 408 whose body has not arrived by then: they are no failure of ours. A stream that
 * has not ended by then is cut off. Routes with a `handlerTimeout` of their own are left to it. To be called before
 * hooks are added that wait for something.
 *
 * Fastify's own limit costs a timer and an aborted signal for each request, and is off once a body was read: it takes
 * the `close` event of a request for the client's leaving. Here, `request.signal` tells nothing of the limit.
 */
export function limitTime(server: Server, milliseconds: number): void {
  const pending = new Set<FastifyReply>();
  const timer = setInterval(() => endOverdue(pending, milliseconds), milliseconds / 30).unref();
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.routeOptions.handlerTimeout) pending.add(reply);
    done();
  });
  server.addHook('onResponse', (_request, reply, done) => {
    pending.delete(reply);
    done();
  });
  server.addHook('onClose', async () => clearInterval(timer));
}

function endOverdue(pending: Set<FastifyReply>, milliseconds: number): void {
  for (const reply of pending) {
    // The client left, or somebody took the connection over: there is no response to wait for.
    if (reply.sent || reply.raw.destroyed) pending.delete(reply);
    else if (reply.elapsedTime >= milliseconds) {
      pending.delete(reply);
      end(reply, milliseconds);
    }
  }
}

function end(reply: FastifyReply, milliseconds: number): void {
  const { raw, routeOptions } = reply.request;
  // What still comes is of no use on the connection (RFC 9110, section 15.5.9).
  if (!raw.complete) reply.raw.shouldKeepAlive = false;
  const error = raw.complete
    ? new errorCodes.FST_ERR_HANDLER_TIMEOUT(String(milliseconds), routeOptions.url)
    : new Problem('request-timeout', 'The body took too long to arrive.');
  if (reply.raw.headersSent) reply.raw.destroy(error);
  else reply.send(error);
}
