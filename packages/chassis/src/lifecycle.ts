import { within } from './deadline.ts';
import type { Log } from './log.ts';
import { type NamedPart, type Part, readinessOf } from './part.ts';
import type { Readiness } from './probes.ts';

/** The last thing to be added and the first to stop: refuses new work and waits for what is in flight. */
export interface Intake {
  /** Goes on serving, and lets clients know that they had better turn to others. */
  windDown(): void;
  drain(): Promise<void>;
  /** Ends what is still in flight. */
  cutOff(): void;
}

/** How a process ended, as its exit code. */
export const exitCodes = {
  /** Stopped on request, all work finished. */
  clean: 0,
  /** Could not start, or met a bug that nobody caught, be it while stopping. */
  failed: 1,
  /** The drain deadline passed: requests in flight were cut off. */
  cutOff: 3,
  /** A part could not be closed, or not in time. */
  unclosed: 4,
  /** The settings are wrong (EX_CONFIG of sysexits). */
  settings: 78,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface LifecycleOptions {
  log: Log;
  delaySeconds: number;
  drainSeconds: number;
}

const closeMilliseconds = 5000;

/** A service's life from its parts to its end. It is not ready until `start` is called. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #parts: NamedPart[] = [];
  readonly #askParts: () => Promise<Readiness>;
  #phase: 'starting' | 'serving' | 'draining' = 'starting';
  #failed = false;
  #intake: Intake | undefined;
  #stopping: Promise<ExitCode> | undefined;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#askParts = readinessOf(this.#parts, options.log);
  }

  /** Adds a part after those that it depends on, and hands it back. */
  part<P extends Part>(name: string, part: P): P {
    this.#parts.push({ name, part });
    return part;
  }

  /** Says that work is accepted from now on. A life that is already ending stays so. */
  start(intake: Intake): void {
    this.#intake = intake;
    if (this.#phase === 'starting') this.#phase = 'serving';
  }

  async readiness(): Promise<Readiness> {
    if (this.#phase === 'serving') return this.#askParts();
    return { ready: false, checks: { service: this.#phase === 'draining' ? 'draining' : 'failed' } };
  }

  /** Ends this life: readiness fails, a pause to wind down, the drain, the parts in reverse. Later calls join the first. */
  stop(reason: string): Promise<ExitCode> {
    this.#stopping ??= this.#shutDown(reason);
    return this.#stopping;
  }

  /** Ends this life as a failure, also where it is ending already. */
  fail(reason: string): Promise<ExitCode> {
    this.#failed = true;
    return this.stop(reason);
  }

  async #shutDown(reason: string): Promise<ExitCode> {
    const { log, delaySeconds, drainSeconds } = this.#options;
    log.info({ reason, delaySeconds, drainSeconds }, 'stopping');
    const served = this.#phase === 'serving';
    this.#phase = 'draining';
    if (served) {
      this.#intake?.windDown();
      await sleep(delaySeconds * 1000);
    }
    const drained = await this.#drain();
    const closed = await this.#closeAll();
    const code = this.#exitCode(drained, closed);
    log.info({ code }, 'stopped');
    return code;
  }

  #exitCode(drained: boolean, closed: boolean): ExitCode {
    if (this.#failed) return exitCodes.failed;
    if (!closed) return exitCodes.unclosed;
    return drained ? exitCodes.clean : exitCodes.cutOff;
  }

  async #drain(): Promise<boolean> {
    try {
      await within(this.#options.drainSeconds * 1000, this.#intake?.drain());
      return true;
    } catch (err) {
      this.#options.log.error({ err }, 'requests in flight were cut off');
      this.#intake?.cutOff();
      return false;
    }
  }

  async #closeAll(): Promise<boolean> {
    let clean = true;
    for (const { name, part } of this.#parts.toReversed()) {
      try {
        await within(closeMilliseconds, part.close?.());
      } catch (err) {
        clean = false;
        this.#options.log.error({ err, part: name }, 'part could not be closed');
      }
    }
    return clean;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
