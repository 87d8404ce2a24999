import type { Exit, Program, RunningProgram } from './program.ts';

/** What running programs needs of the world; tests pass one without processes and without time. */
export interface ProgramWorld {
  launch(program: Program, onLine: (line: string) => void): RunningProgram;
  /** Resolves after the time, or early when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  now(): number;
}

/** One run of a program, from its launch to its end. */
export interface ProgramRun {
  running: RunningProgram;
  startedAt: number;
  /** The end of what it wrote, to explain a failure with. */
  lastLines: readonly string[];
  /** Aborts when the run is over, so that nothing waits for it any longer. */
  over: AbortController;
}

const keptLines = 20;

/** Begins a run. */
export function beginRun(program: Program, world: ProgramWorld, onLine: (line: string) => void): ProgramRun {
  const lastLines: string[] = [];
  const running = world.launch(program, (line) => {
    lastLines.push(line);
    if (lastLines.length > keptLines) lastLines.shift();
    onLine(line);
  });
  return { running, startedAt: world.now(), lastLines, over: new AbortController() };
}

/**
 * Ends a run that may be over already: asks the program, and after the grace time takes it away by force.
 * Afterwards nothing is left of it, nor of what it started.
 */
export async function endRun(run: ProgramRun, world: ProgramWorld, graceMs: number): Promise<'graceful' | 'forced'> {
  const { running, over } = run;
  over.abort();
  running.terminate();
  const grace = new AbortController();
  const late = world.sleep(graceMs, grace.signal).then(() => 'late' as const);
  const first = await Promise.race([running.exited, late]);
  grace.abort();
  running.kill();
  await running.exited;
  return first === 'late' ? 'forced' : 'graceful';
}

/** How a program ended, in words. */
export function describeExit({ code, signal }: Exit): string {
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}
