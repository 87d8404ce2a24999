import type { ServerResponse } from 'node:http';
import type { Peer } from '../peer.ts';
import type { Session } from '../session.ts';
import { eventFormat } from './event-format.ts';

/**
 * A session's end of a stream of events. Such a client says nothing, ever: whether it is there shows when what waits
 * for it is not read.
 */
export function eventPeer(response: ServerResponse, session: Session): Peer {
  return {
    face: 'events',
    format: eventFormat,
    get backlog() {
      return response.writableLength;
    },
    write(bytes) {
      if (response.writable) response.write(bytes);
    },
    cork: () => response.cork(),
    uncork: () => response.uncork(),
    ping() {
      session.hear();
      if (response.writable) response.write(':\n\n');
    },
    close: () => response.end(),
    terminate: () => response.destroy(),
  };
}
