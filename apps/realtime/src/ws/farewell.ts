import { realtimeCloseCodes } from '@seaworthy/contracts/realtime';
import type { Clock } from '../clock.ts';
import type { Session } from '../session.ts';

/** So few come back at once wherever they go. */
const fewest = 20;
const slices = 50;
const millisecondsEach = 2;

interface Farewell {
  clock: Clock;
  /** How long there is for all to go. */
  milliseconds: number;
  /** Hands out what is held back: who goes is to have it. */
  flush(): void;
}

/**
 * Says goodbye to all of these, some after the others, so that those who take them over are not overrun: in half of the
 * time that there is, or less where they are few. Resolves when all have been told.
 */
export async function sayGoodbye(
  sessions: readonly Session[],
  { clock, milliseconds, flush }: Farewell,
): Promise<void> {
  const size = Math.max(fewest, Math.ceil(sessions.length / slices));
  const pause = Math.min(milliseconds / 2 / slices, size * millisecondsEach);
  for (let from = 0; from < sessions.length; from += size) {
    if (from > 0) await new Promise<void>((resolve) => clock.after(pause, resolve));
    flush();
    for (const session of sessions.slice(from, from + size))
      session.close(realtimeCloseCodes.restart, 'service restart');
  }
}
