import type { Log } from '@seaworthy/chassis/log';
import type { Part } from '@seaworthy/chassis/part';
import type { Pause } from './pause.ts';

interface House {
  /** Throws away what has passed its time. */
  tidy: () => Promise<unknown>;
  log: Log;
  pause: Pause;
  /** From 0 to 1, evenly spread: keeps replicas from going in step. */
  random?: () => number;
}

const hourMilliseconds = 3_600_000;

/** Tidies up every hour, for the first time somewhere within the first one. What fails is done in the next hour. */
export function keepHouse({ tidy, log, pause, random = Math.random }: House): Part {
  const closing = new AbortController();

  async function run(): Promise<void> {
    await pause(hourMilliseconds * random(), closing.signal);
    while (!closing.signal.aborted) {
      await tidy().catch((error) => log.warn({ reason: String(error) }, 'tidying up failed, it is done later'));
      await pause(hourMilliseconds * (0.9 + 0.2 * random()), closing.signal);
    }
  }

  const running = run();
  return {
    close() {
      closing.abort();
      return running;
    },
  };
}
