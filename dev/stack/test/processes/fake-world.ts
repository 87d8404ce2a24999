import type { Exit, Program } from '../../src/processes/program.ts';
import type { ProgramWorld } from '../../src/processes/program-run.ts';

/** A program that runs in a fake world: the test decides when it writes and ends. */
interface FakeRun {
  asked: string[];
  write(line: string): void;
  exit(exit: Partial<Exit>): void;
}

/** A world without processes and without time. */
export function createFakeWorld({ obeys = true } = {}) {
  const runs: FakeRun[] = [];
  const sleepers: { ms: number; wake: () => void }[] = [];
  let time = 0;

  const world: ProgramWorld = {
    launch(_program: Program, onLine) {
      const ended = Promise.withResolvers<Exit>();
      const exit = ({ code, signal }: Partial<Exit>) => ended.resolve({ code, signal });
      const asked: string[] = [];
      runs.push({ asked, write: onLine, exit });
      return {
        pid: runs.length,
        exited: ended.promise,
        terminate() {
          asked.push('terminate');
          if (obeys) exit({ signal: 'SIGTERM' });
        },
        kill() {
          asked.push('kill');
          exit({ signal: 'SIGKILL' });
        },
      };
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleepers.push({ ms, wake: resolve });
        signal.addEventListener('abort', () => resolve());
      }),
    now: () => time,
  };

  return {
    world,
    runs,
    /** What is slept for at the moment, newest last. */
    sleeps: () => sleepers.map(({ ms }) => ms),
    /** Ends the newest sleep of that length. */
    wake(ms: number) {
      sleepers.findLast((sleeper) => sleeper.ms === ms)?.wake();
    },
    pass(ms: number) {
      time += ms;
    },
  };
}

/** Lets everything run that can run without more time passing. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
