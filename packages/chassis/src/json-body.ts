import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { checkBodyHeaders } from './body-headers.ts';
import { Problem } from './problem.ts';
import type { Server } from './route.ts';

/**
 * Reads bodies of a JSON media type. They have to be UTF-8 (RFC 8259, section 8.1) and not compressed: a decoder that
 * mends wrong bytes would store something else than was sent. `check` may refuse a request by throwing a Problem.
 */
export function readJson(server: Server, mediaType: string, check?: (request: FastifyRequest) => void): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser<Buffer>(mediaType, { parseAs: 'buffer' }, (request, body, done) => {
    try {
      check?.(request);
      checkBodyHeaders(request);
      if (!isUtf8(body)) throw new Problem('bad-request', 'The body is not UTF-8.');
    } catch (error) {
      return done(error as Error);
    }
    return parse(request, body.toString('utf8'), done);
  });
}
