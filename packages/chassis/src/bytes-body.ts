import { checkBodyHeaders } from './body-headers.ts';
import type { Server } from './route.ts';

/** Reads bodies of these media types, and of no others, as the bytes that were sent. To be called in a scope. */
export function readBytes(server: Server, mediaTypes: readonly string[]): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>([...mediaTypes], { parseAs: 'buffer' }, (request, body, done) => {
    try {
      checkBodyHeaders(request);
      done(null, body);
    } catch (error) {
      done(error as Error);
    }
  });
}
