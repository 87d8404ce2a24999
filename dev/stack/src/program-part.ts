import { launchProgram, type Program, type RunningProgram } from './processes/program.ts';
import { pollUntil, sleep } from './processes/readiness.ts';
import { watchSources } from './processes/source-watch.ts';
import { Supervisor } from './processes/supervisor.ts';
import type { Watchdog } from './processes/watchdog-link.ts';
import type { Part } from './stack.ts';
import type { Console } from './terminal/console.ts';

/** A program as a part of the stack. */
export interface ProgramPartOptions {
  program: Program;
  isReady(signal: AbortSignal): Promise<boolean>;
  /** Folders whose changes start it again. */
  sources?: readonly string[];
  /** Called when it is ready after a restart, but not the first time. */
  onReadyAgain?(): void;
}

/** A part that is one program, and can be told to start it again. */
type ProgramPart = Part & { restart(reason: string): void };

/** Makes parts out of programs, and can end them all at once. */
export type ProgramParts = ReturnType<typeof createProgramParts>;

/** Everything that the parts made here say goes to the console; the watchdog guards what they run. */
export function createProgramParts(console: Console, watchdog: Watchdog) {
  const running = new Set<RunningProgram>();
  const supervisors = new Set<Supervisor>();

  function launch(program: Program, onLine: (line: string) => void): RunningProgram {
    const launched = launchProgram(program, onLine);
    running.add(launched);
    void launched.exited.then(() => running.delete(launched));
    watchdog.guard(launched);
    console.line(program.name, `» runs as process ${launched.pid}`);
    return launched;
  }

  return {
    /** Ends everything at once, and lets nothing start again. */
    killAll(): void {
      for (const supervisor of supervisors) void supervisor.stop();
      for (const { kill } of running) kill();
    },
    create(options: ProgramPartOptions): ProgramPart {
      const report = (message: string) => console.line(options.program.name, message);
      const supervisor = superviseProgram(options, { launch, report });
      supervisors.add(supervisor);
      return partOf(supervisor, { sources: options.sources ?? [], report });
    },
  };
}

interface Supervising {
  launch(program: Program, onLine: (line: string) => void): RunningProgram;
  report(message: string): void;
}

function superviseProgram(
  { program, isReady, onReadyAgain }: ProgramPartOptions,
  { launch, report }: Supervising,
): Supervisor {
  return new Supervisor(
    {
      program,
      untilReady: (signal) => pollUntil(isReady, signal),
      onLine: report,
      report: (message) => report(`» ${message}`),
      ...(onReadyAgain && { onReadyAgain }),
    },
    { launch, sleep, now: Date.now },
  );
}

interface Watching {
  sources: readonly string[];
  report(message: string): void;
}

function partOf(supervisor: Supervisor, { sources, report }: Watching): ProgramPart {
  let unwatch: (() => void) | undefined;
  const restart = (reason: string) => {
    report(`» ${reason}, starting again`);
    supervisor.restart();
  };
  return {
    async start() {
      const startedAt = Date.now();
      await supervisor.start();
      report(`» ready after ${Date.now() - startedAt} ms`);
      unwatch = watchSources({ folders: sources, onChange: (file) => restart(`${file} changed`) });
    },
    async stop() {
      unwatch?.();
      await supervisor.stop();
    },
    restart,
  };
}
