import { describe, expect, it } from 'vitest';
import type { BenchCase, Load } from '../src/bench-case.ts';
import { measure, type Plan, turns } from '../src/measure.ts';
import { fixture, tinyCase } from './fixture/tiny-case.ts';

function plan(changes: Partial<Plan> = {}): Plan {
  const usage = { read: () => ({ cpuSeconds: 1, rssMebibytes: 64 }), resolutionSeconds: 0.01 };
  const { signal } = new AbortController();
  return { rounds: 2, seconds: 1, connections: 1, usage, signal, progress: () => {}, ...changes };
}

/** The tiny case, with the process ids of the servers that its load has met. */
function tinyWith(after: Load): { bench: BenchCase; met: Set<number> } {
  const met = new Set<number>();
  const load: Load = async (target) => {
    met.add(Number(await (await fetch(`http://127.0.0.1:${target.port}`)).text()));
    return after(target);
  };
  return { bench: { ...tinyCase, load }, met };
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('measure', () => {
  it('gives each contestant every round, and leaves no process behind', async () => {
    const { bench, met } = tinyWith(tinyCase.load);
    const series = await measure(bench, plan({ rounds: 3 }));
    expect(series.map(({ name, samples }) => [name, samples.length])).toEqual([
      ['one', 3],
      ['other', 3],
    ]);
    expect(series[0]?.samples[0]).toMatchObject({ perSecond: 20, p50: 1, p99: 2, rssMebibytes: 64 });
    expect([...met].map(isRunning)).toEqual([false, false]);
  });

  it('divides the CPU that a run took by its operations', async () => {
    let cpuSeconds = 0;
    const read = () => {
      cpuSeconds += 0.5;
      return { cpuSeconds, rssMebibytes: 64 };
    };
    const [first] = await measure(tinyCase, plan({ usage: { read, resolutionSeconds: 0.01 } }));
    expect(first?.samples[0]).toMatchObject({ cpuSeconds: 0.5, cpuMicroseconds: 25_000 });
  });

  it('fails on a fault of a load, by the name of the contestant', async () => {
    const { bench, met } = tinyWith(async (target) => ({
      ...(await tinyCase.load(target)),
      faults: ['3 bad answers'],
    }));
    await expect(measure(bench, plan())).rejects.toThrow('one: 3 bad answers');
    expect([...met].map(isRunning)).toEqual([false]);
  });

  it('fails on a load that got no answer at all', async () => {
    const { bench } = tinyWith(async (target) => ({ ...(await tinyCase.load(target)), operations: 0 }));
    await expect(measure(bench, plan())).rejects.toThrow('one: not one request was answered');
  });

  it('fails on a server that does not start, with what it said', async () => {
    const contestants = [fixture('one'), fixture('cold', 'failing-server.ts')];
    await expect(measure({ ...tinyCase, contestants }, plan())).rejects.toThrow(
      /cold ended by itself[\s\S]*oven is cold/,
    );
  });

  it('fails on a program that is not there', async () => {
    const missing = { ...fixture('missing'), command: () => ({ program: '/nowhere/server', args: [] }) };
    await expect(measure({ ...tinyCase, contestants: [missing] }, plan())).rejects.toThrow('missing cannot be started');
  });

  it('stops all servers when it is interrupted', async () => {
    const interruption = new AbortController();
    const { bench, met } = tinyWith(async (target) => {
      interruption.abort();
      return tinyCase.load(target);
    });
    await expect(measure(bench, plan({ signal: interruption.signal }))).rejects.toThrow('aborted');
    expect([...met].map(isRunning)).toEqual([false]);
  });
});

it('lets each round begin with the next contestant', () => {
  expect([0, 1, 2, 3].map((round) => turns(3, round))).toEqual([
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [0, 1, 2],
  ]);
});
