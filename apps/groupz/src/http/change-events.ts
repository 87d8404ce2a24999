import { Problem } from '@seaworthy/chassis/problem';
import type { ChangeLog, LoggedChange } from '../change-log.ts';
import { appendedWithin, type Watch } from './append-wait.ts';

const reconnectMilliseconds = 3000;
// Proxies and load balancers cut connections that are silent for a minute, some for half of it.
const heartbeatMilliseconds = 15_000;
const mostPerBlock = 100;

/**
 * What a client of the stream is sent, in the format of Server-Sent Events (HTML, section 9.2). It begins with an id
 * without data: so a client that is cut off before the first event knows where to go on. It ends when the client has
 * gone, when the log closes, and when the client is so slow that the log has forgotten its place.
 */
export async function* changeEvents(from: string, watch: Watch): AsyncGenerator<string> {
  const { changes, signal } = watch;
  let cursor = from;
  yield `retry: ${reconnectMilliseconds}\nid: ${cursor}\n\n`;
  for (;;) {
    const next = nextOf(changes, cursor);
    if (next === undefined || signal.aborted) return;
    cursor = next.cursor;
    if (next.changes.length > 0) {
      yield next.changes.map(eventOf).join('');
      continue;
    }
    if (changes.closed.aborted) return;
    await appendedWithin(heartbeatMilliseconds, watch);
    if (changes.cursor === cursor && !signal.aborted && !changes.closed.aborted) yield ':\n\n';
  }
}

/** `undefined` once the log has forgotten the place: the client learns it when it comes back. */
function nextOf(changes: ChangeLog, cursor: string) {
  try {
    return changes.since(cursor, mostPerBlock);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

// Made once for all who watch: a thousand clients would else have each change turned into JSON a thousand times.
const events = new WeakMap<LoggedChange, string>();

function eventOf(logged: LoggedChange): string {
  const { cursor, change } = logged;
  const event = events.get(logged) ?? `id: ${cursor}\nevent: ${change.type}\ndata: ${JSON.stringify(change)}\n\n`;
  events.set(logged, event);
  return event;
}
