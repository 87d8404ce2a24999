import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';
import { timesSent } from './raw-headers.ts';
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
      // Of several, Node tells the first; a firewall in front may have read the body as another says.
      if (timesSent(request.raw, 'content-type') > 1) throw new Problem('bad-request', 'Send one Content-Type header.');
      const encoding = request.headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity') throw new Problem('unsupported-media-type', `Bodies in ${encoding} are not read.`);
      if (!isUtf8(body)) throw new Problem('bad-request', 'The body is not UTF-8.');
    } catch (error) {
      return done(error as Error);
    }
    return parse(request, body.toString('utf8'), done);
  });
}
