import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';
import { timesSent } from './raw-headers.ts';
import type { Server } from './route.ts';

const otherCharset = /;\s*charset\s*=(?!\s*"?(?:utf-?8|us-ascii)"?\s*(?:;|$))/i;

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
      const { 'content-encoding': coding = 'identity', 'content-type': type = '' } = request.headers;
      if (coding.toLowerCase() !== 'identity')
        throw new Problem('unsupported-media-type', `Bodies in ${coding} are not read.`);
      // A firewall that heeds the parameter would have read another text than this one.
      if (otherCharset.test(type)) throw new Problem('unsupported-media-type', 'Bodies are read as UTF-8 only.');
      if (!isUtf8(body)) throw new Problem('bad-request', 'The body is not UTF-8.');
    } catch (error) {
      return done(error as Error);
    }
    return parse(request, body.toString('utf8'), done);
  });
}
