import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { problemDetails, problemType } from './errors.ts';
import type { Log } from './log.ts';
import { Problem, problemTable } from './problem.ts';
import { requestIdOf } from './trace.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a request came through the edge. */
export type Door = (request: IncomingMessage) => boolean;

/**
 * Tells requests that came through the Azure Front Door profile with this id, which puts it on each as `X-Azure-FDID`.
 * Whoever else reaches the port does not know the id: it is compared in constant time.
 */
export function frontDoor(id: string): Door {
  const expected = bytesOf(id);
  return ({ headers }) => {
    // Node joins several headers of the name with a comma, which is no id.
    const given = String(headers['x-azure-fdid'] ?? '');
    return uuid.test(given) && timingSafeEqual(bytesOf(given), expected);
  };
}

interface Behind {
  log: Log;
  listener: RequestListener;
  options: ServerOptions;
}

/** Makes a server that refuses whatever did not come through the door, before anything else looks at it. */
export function serverBehindDoor(door: Door, { log, listener, options }: Behind): Server {
  const guarded = (next: RequestListener): RequestListener => {
    return (request, response) => {
      if (door(request)) return next(request, response);
      log.debug({ path: request.url?.split('?', 1)[0], peer: request.socket.remoteAddress }, 'not through the door');
      return refuse(request, response);
    };
  };
  // An upgrade that may not be is a plain request for Node, and comes to be refused as one.
  const shouldUpgradeCallback = (request: IncomingMessage): boolean =>
    door(request) && server.listenerCount('upgrade') > 0;
  const server: Server = createServer({ ...options, shouldUpgradeCallback }, guarded(listener));
  // Where nobody listens, Node answers expectations by itself (RFC 9110, section 10.1.1).
  const goOn: RequestListener = (request, response) => {
    response.writeContinue();
    listener(request, response);
  };
  const cannot: RequestListener = (_request, response) => void response.writeHead(417).end();
  return server.on('checkContinue', guarded(goOn)).on('checkExpectation', guarded(cannot));
}

const refuse: RequestListener = (request, response) => {
  const id = requestIdOf(request);
  const problem = new Problem('forbidden', 'This service answers only what comes through its Front Door.');
  const body = JSON.stringify(problemDetails(problem, id));
  response.writeHead(problemTable[problem.kind].status, {
    'content-type': problemType,
    'content-length': Buffer.byteLength(body),
    'x-request-id': id,
    connection: 'close',
  });
  response.end(body);
};

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
