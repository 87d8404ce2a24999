import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http';
import type { ProblemDetails } from '@seaworthy/contracts/problem';
import { problemDetails, problemType } from './errors.ts';
import { GracefulServer } from './graceful-server.ts';
import type { Log } from './log.ts';
import type { Problem } from './problem.ts';
import { requestIdOf } from './trace.ts';

/** Why a request is not let in; `undefined` where it is. */
export type Doorkeeper = (request: IncomingMessage) => Problem | undefined;

interface Inside {
  log: Log;
  listener: RequestListener;
  options: ServerOptions;
}

/** Makes a server that refuses what the doorkeeper does not let in, before anything else looks at it. */
export function serverBehind(refusal: Doorkeeper, { log, listener, options }: Inside): Server {
  const guarded = (next: RequestListener): RequestListener => {
    return (request, response) => {
      const problem = refusal(request);
      if (problem === undefined) return next(request, response);
      const { url, socket } = request;
      log.debug({ path: url?.split('?', 1)[0], peer: socket.remoteAddress, reason: problem.message }, 'not let in');
      return refuse(response, problemDetails(problem, requestIdOf(request)));
    };
  };
  // An upgrade that may not be is a plain request for Node, and comes to be refused as one.
  const shouldUpgradeCallback = (request: IncomingMessage): boolean =>
    server.listenerCount('upgrade') > 0 && refusal(request) === undefined;
  const server: Server = new GracefulServer({ ...options, shouldUpgradeCallback }, guarded(listener));
  // Where nobody listens, Node answers expectations by itself (RFC 9110, section 10.1.1).
  const goOn: RequestListener = (request, response) => {
    response.writeContinue();
    listener(request, response);
  };
  return server.on('checkContinue', guarded(goOn)).on('checkExpectation', guarded(refuseExpectation));
}

/** No problem of ours has this status: nobody expects anything else than 100-continue. */
const refuseExpectation: RequestListener = (request, response) => {
  const detail = 'Only 100-continue can be expected here.';
  const instance = requestIdOf(request);
  refuse(response, { type: 'about:blank', title: 'Expectation Failed', status: 417, detail, instance });
};

function refuse(response: ServerResponse, details: ProblemDetails): void {
  const body = JSON.stringify(details);
  response.writeHead(details.status, {
    'content-type': problemType,
    'content-length': Buffer.byteLength(body),
    ...(details.instance !== undefined && { 'x-request-id': details.instance }),
    connection: 'close',
  });
  response.end(body);
}
