import { within } from './deadline.ts';
import type { Log } from './log.ts';
import { type NamedPart, type Part, readinessOf } from './part.ts';
import type { Readiness } from './probes.ts';

/** The last thing to be added and the first to stop: refuses new work and waits for what is in flight. */
export interface Intake {
  drain(): Promise<void>;
  /** Ends what is still in flight. */
  cutOff(): void;
}

/** How a process ended, as its exit code. */
export const exitCodes = {
  /** Stopped on request, all work finished. */
  clean: 0,
  /** Could not start, or met a bug that nobody caught. */
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

/** A service's life from its parts to its end. */
export type Lifecycle = ReturnType<typeof createLifecycle>;

/** Begins a life without parts, not ready until `start` is called. */
export function createLifecycle({ log, delaySeconds, drainSeconds }: LifecycleOptions) {
  const parts: NamedPart[] = [];
  const askParts = readinessOf(parts, log);
  let phase: 'starting' | 'serving' | 'draining' = 'starting';
  let intake: Intake | undefined;
  let stopping: Promise<ExitCode> | undefined;

  async function readiness(): Promise<Readiness> {
    if (phase !== 'serving') return { ready: false, checks: { service: phase === 'draining' ? 'draining' : 'failed' } };
    return askParts();
  }

  async function shutDown(reason: string): Promise<ExitCode> {
    log.info({ reason, delaySeconds, drainSeconds }, 'stopping');
    const served = phase === 'serving';
    phase = 'draining';
    if (served) await sleep(delaySeconds * 1000);
    const drained = intake === undefined || (await drain(intake));
    const closed = await closeAll();
    const code = !closed ? exitCodes.unclosed : drained ? exitCodes.clean : exitCodes.cutOff;
    log.info({ code }, 'stopped');
    return code;
  }

  async function drain(current: Intake): Promise<boolean> {
    try {
      await within(drainSeconds * 1000, current.drain());
      return true;
    } catch (err) {
      log.error({ err }, 'requests in flight were cut off');
      current.cutOff();
      return false;
    }
  }

  async function closeAll(): Promise<boolean> {
    let clean = true;
    for (const { name, part } of parts.toReversed()) {
      try {
        await within(closeMilliseconds, part.close?.());
      } catch (err) {
        clean = false;
        log.error({ err, part: name }, 'part could not be closed');
      }
    }
    return clean;
  }

  return {
    /** Adds a part after those that it depends on, and hands it back. */
    part<P extends Part>(name: string, part: P): P {
      parts.push({ name, part });
      return part;
    },
    /** Says that work is accepted from now on. A life that is already ending stays so. */
    start(current: Intake): void {
      intake = current;
      if (phase === 'starting') phase = 'serving';
    },
    readiness,
    /** Ends this life: readiness fails, a pause, the drain, the parts in reverse. Later calls join the first. */
    stop(reason: string): Promise<ExitCode> {
      stopping ??= shutDown(reason);
      return stopping;
    },
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
