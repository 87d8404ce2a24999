import { exitCodes } from '@seaworthy/chassis/lifecycle';
import { createOrders } from './orders.ts';
import type { Exit, Program } from './program.ts';
import { beginRun, describeExit, endRun, type ProgramRun, type ProgramWorld } from './program-run.ts';
import { type RestartLimits, restartDelayMs, usualLimits } from './restart-delay.ts';

/** A program to keep running, and who hears about it. */
interface Supervision {
  program: Program;
  /** Resolves when the program can do its work, or when the signal aborts; never rejects. */
  untilReady(signal: AbortSignal): Promise<void>;
  onLine(line: string): void;
  /** What the supervisor does, in words for people. */
  report(message: string): void;
  /** Called when the program is ready after a restart, but not the first time. */
  onReadyAgain?(): void;
  limits?: Partial<RestartLimits>;
}

/** A program that did not come up, with the last lines that it wrote. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
  readonly lastLines: readonly string[];

  constructor(message: string, lastLines: readonly string[]) {
    super(message);
    this.lastLines = lastLines;
  }
}

/** Keeps one program running until it is stopped: again after a crash, again on request. */
export class Supervisor {
  readonly #supervision: Supervision;
  readonly #world: ProgramWorld;
  readonly #limits: RestartLimits;
  readonly #orders = createOrders();
  #keeping: Promise<void> | undefined;
  #phase: 'starting' | 'kept' = 'starting';
  #crashes = 0;

  constructor(supervision: Supervision, world: ProgramWorld) {
    this.#supervision = supervision;
    this.#world = world;
    this.#limits = { ...usualLimits, ...supervision.limits };
  }

  /**
   * Starts the program and resolves when it is ready; from then on it is kept running.
   * @throws StartFailure when it ends before it is ready, is not ready in time, or is stopped
   */
  async start(): Promise<void> {
    const started = this.#startFirst();
    this.#keeping = started.then(
      (run) => this.#keep(run),
      () => undefined,
    );
    await started;
  }

  /** Stops the program and starts it again; wakes it when it waits after a crash. */
  restart(): void {
    // One that is just starting is as new as it can be.
    if (this.#phase === 'kept') this.#orders.give('restart');
  }

  /** Asks the program to stop, ends it by force after the grace time, and resolves when it is gone. */
  async stop(): Promise<void> {
    this.#orders.give('stop');
    await this.#keeping;
  }

  async #startFirst(): Promise<ProgramRun> {
    const run = this.#begin();
    const { signal } = run.over;
    const late = this.#world.sleep(this.#limits.readyMs, signal).then(() => 'late' as const);
    const ready = this.#supervision.untilReady(signal).then(() => 'ready' as const);
    const outcome = await Promise.race([run.running.exited, ready, late, this.#orders.given()]);
    if (outcome === 'ready') return run;
    await this.#end(run);
    throw new StartFailure(this.#describeFailure(outcome ?? 'stopped'), run.lastLines);
  }

  async #keep(first: ProgramRun): Promise<void> {
    this.#phase = 'kept';
    for (let run = first; ; run = this.#beginAgain()) {
      const exit = await Promise.race([run.running.exited, this.#orders.given()]);
      await this.#end(run);
      if (exit) await this.#rest(exit, run);
      if (this.#orders.take() === 'stop') return;
    }
  }

  #begin(): ProgramRun {
    const { program, onLine } = this.#supervision;
    return beginRun(program, this.#world, onLine);
  }

  #beginAgain(): ProgramRun {
    const run = this.#begin();
    const { signal } = run.over;
    void this.#supervision.untilReady(signal).then(() => {
      if (signal.aborted) return;
      this.#supervision.report(`ready again after ${seconds(this.#world.now() - run.startedAt)}`);
      this.#supervision.onReadyAgain?.();
    });
    return run;
  }

  async #end(run: ProgramRun): Promise<void> {
    const { graceMs } = this.#limits;
    const how = await endRun(run, this.#world, graceMs);
    if (how === 'forced') this.#supervision.report(`did not stop within ${seconds(graceMs)}, was ended by force`);
  }

  /** Waits as long as the way it ended asks for, or until an order comes. */
  async #rest(exit: Exit, run: ProgramRun): Promise<void> {
    if (exit.code === exitCodes.settings) {
      this.#supervision.report('its settings are wrong (see above); waiting for a file to change');
      return this.#orders.given();
    }
    if (this.#world.now() - run.startedAt >= this.#limits.stableMs) this.#crashes = 0;
    this.#crashes += 1;
    const delay = restartDelayMs(this.#crashes, this.#limits);
    this.#supervision.report(`${describeExit(exit)}; starting again in ${seconds(delay)}`);
    const woken = new AbortController();
    await Promise.race([this.#world.sleep(delay, woken.signal), this.#orders.given()]);
    woken.abort();
  }

  #describeFailure(outcome: Exit | 'late' | 'stopped'): string {
    const { name } = this.#supervision.program;
    if (outcome === 'stopped') return `${name} was stopped before it was ready`;
    return `${name} ${outcome === 'late' ? `is not ready after ${seconds(this.#limits.readyMs)}` : describeExit(outcome)}`;
  }
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(2))} s`;
}
