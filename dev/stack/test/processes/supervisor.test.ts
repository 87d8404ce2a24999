import { describe, expect, it } from 'vitest';
import { StartFailure, Supervisor } from '../../src/processes/supervisor.ts';
import { createFakeWorld, settle } from './fake-world.ts';

const limits = { readyMs: 60_000, graceMs: 10_000, firstDelayMs: 250, longestDelayMs: 1000, stableMs: 30_000 };
const program = { name: 'users', command: 'users', args: [], folder: '.', environment: {} };

function arrange({ ready = true, obeys = true } = {}) {
  const fake = createFakeWorld({ obeys });
  const reports: string[] = [];
  let readyAgain = 0;
  const untilReady = () => (ready ? Promise.resolve() : new Promise<void>(() => undefined));
  const supervisor = new Supervisor(
    {
      program,
      untilReady,
      onLine: () => undefined,
      report: (message) => reports.push(message),
      onReadyAgain: () => {
        readyAgain += 1;
      },
      limits,
    },
    fake.world,
  );
  return { ...fake, supervisor, reports, readyAgain: () => readyAgain };
}

describe('the first start', () => {
  it('is over when the program is ready', async () => {
    const { supervisor, runs } = arrange();
    await supervisor.start();
    expect(runs).toHaveLength(1);
  });

  it('fails with the last lines when the program ends first', async () => {
    const { supervisor, runs } = arrange({ ready: false });
    const started = supervisor.start();
    for (let line = 1; line <= 30; line++) runs[0]?.write(`line ${line}`);
    runs[0]?.exit({ code: 78 });
    const failure = await started.catch((error: unknown) => error as StartFailure);
    expect(failure).toBeInstanceOf(StartFailure);
    expect((failure as StartFailure).message).toBe('users ended with code 78');
    expect((failure as StartFailure).lastLines).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index + 11}`));
  });

  it('fails when the program is not ready in time, and takes it away', async () => {
    const { supervisor, runs, wake } = arrange({ ready: false });
    const started = supervisor.start();
    wake(60_000);
    await expect(started).rejects.toThrow('users is not ready after 60 s');
    expect(runs[0]?.asked).toEqual(['terminate', 'kill']);
  });

  it('can be stopped', async () => {
    const { supervisor, runs } = arrange({ ready: false });
    const started = supervisor.start();
    const outcome = expect(started).rejects.toThrow('users was stopped before it was ready');
    await supervisor.stop();
    await outcome;
    expect(runs[0]?.asked[0]).toBe('terminate');
  });
});

describe('a crash', () => {
  it('starts the program again after a pause that doubles up to a limit', async () => {
    const { supervisor, runs, sleeps, wake, reports } = arrange();
    await supervisor.start();
    for (const pause of [250, 500, 1000, 1000]) {
      runs.at(-1)?.exit({ signal: 'SIGKILL' });
      await settle();
      expect(sleeps().at(-1)).toBe(pause);
      wake(pause);
      await settle();
    }
    expect(runs).toHaveLength(5);
    expect(reports[0]).toBe('was ended by SIGKILL; starting again in 0.25 s');
  });

  it('is forgiven after a long run', async () => {
    const { supervisor, runs, sleeps, wake, pass } = arrange();
    await supervisor.start();
    runs.at(-1)?.exit({ code: 1 });
    await settle();
    wake(250);
    await settle();
    pass(30_000);
    runs.at(-1)?.exit({ code: 1 });
    await settle();
    expect(sleeps().at(-1)).toBe(250);
  });

  it('is told about when the program is ready again', async () => {
    const { supervisor, runs, wake, reports, readyAgain } = arrange();
    await supervisor.start();
    runs[0]?.exit({ code: 1 });
    await settle();
    wake(250);
    await settle();
    expect(reports.at(-1)).toBe('ready again after 0 s');
    expect(readyAgain()).toBe(1);
  });

  it('for wrong settings waits for a change instead of trying again', async () => {
    const { supervisor, runs, reports } = arrange();
    await supervisor.start();
    runs[0]?.exit({ code: 78 });
    await settle();
    expect(reports.at(-1)).toContain('waiting for a file to change');
    expect(runs).toHaveLength(1);
    supervisor.restart();
    await settle();
    expect(runs).toHaveLength(2);
  });
});

describe('a restart', () => {
  it('asks the program to stop, and starts it when it is gone', async () => {
    const { supervisor, runs } = arrange();
    await supervisor.start();
    supervisor.restart();
    await settle();
    expect(runs).toHaveLength(2);
    expect(runs[0]?.asked[0]).toBe('terminate');
  });

  it('does not wait for the end of a pause after a crash', async () => {
    const { supervisor, runs } = arrange();
    await supervisor.start();
    runs[0]?.exit({ code: 1 });
    await settle();
    supervisor.restart();
    await settle();
    expect(runs).toHaveLength(2);
  });

  it('is not needed by a program that is just starting', async () => {
    const { supervisor, runs } = arrange({ ready: false });
    void supervisor.start().catch(() => undefined);
    supervisor.restart();
    await settle();
    expect(runs[0]?.asked).toEqual([]);
  });
});

describe('a stop', () => {
  it('asks once, and starts nothing afterwards', async () => {
    const { supervisor, runs } = arrange();
    await supervisor.start();
    await supervisor.stop();
    await supervisor.stop();
    supervisor.restart();
    await settle();
    expect(runs).toHaveLength(1);
    expect(runs[0]?.asked).toEqual(['terminate', 'kill']);
  });

  it('ends a program by force that does not obey in time', async () => {
    const { supervisor, runs, wake, reports } = arrange({ obeys: false });
    await supervisor.start();
    const stopped = supervisor.stop();
    await settle();
    expect(runs[0]?.asked).toEqual(['terminate']);
    wake(10_000);
    await stopped;
    expect(runs[0]?.asked).toEqual(['terminate', 'kill']);
    expect(reports).toEqual(['did not stop within 10 s, was ended by force']);
  });

  it('wins over a restart', async () => {
    const { supervisor, runs } = arrange();
    await supervisor.start();
    const stopped = supervisor.stop();
    supervisor.restart();
    await stopped;
    expect(runs).toHaveLength(1);
  });

  it('does not wait for the end of a pause after a crash', async () => {
    const { supervisor, runs } = arrange();
    await supervisor.start();
    runs[0]?.exit({ code: 1 });
    await settle();
    await supervisor.stop();
    expect(runs).toHaveLength(1);
  });
});
