import { Readable } from 'node:stream';
import type { Watch } from './append-wait.ts';

/** Longer than two heartbeats: a client that takes anything at all takes one within that time. */
const patienceMilliseconds = 40_000;
const farewellMilliseconds = 1000;

/**
 * A stream of what `events` yields, which asks for more only when the client has taken the last: nothing piles up
 * here. A client that takes nothing for long is cut off, and so is one that does not take the rest when the log closes.
 */
export function patientStream(
  events: (from: string, watch: Watch) => AsyncIterable<string>,
  from: string,
  watch: Watch,
): Readable {
  const { changes, clock, signal } = watch;
  let taken = 0;
  async function* counted() {
    for await (const event of events(from, watch)) {
      taken += 1;
      yield event;
    }
  }
  const stream = Readable.from(counted());

  async function cutOffWhenStuck(): Promise<void> {
    while (!signal.aborted) {
      const before = taken;
      await clock.sleep(patienceMilliseconds, signal);
      if (taken === before) stream.destroy();
    }
  }
  async function cutOffAfterFarewell(): Promise<void> {
    await clock.sleep(farewellMilliseconds, signal);
    stream.destroy();
  }
  void cutOffWhenStuck();
  changes.closed.addEventListener('abort', () => void cutOffAfterFarewell(), { signal });
  return stream;
}
