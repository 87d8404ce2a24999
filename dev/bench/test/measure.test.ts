import { expect, it, onTestFinished } from 'vitest';
import type { Load } from '../src/bench-case.ts';
import { measure, turns } from '../src/measure.ts';
import { openStage, type StageOptions } from '../src/stage.ts';
import { isRunning } from './fixture/running.ts';
import { tinyLineup, tinyLoad } from './fixture/tiny-case.ts';
import { stageOptions, tickingUsage } from './stage-options.ts';

async function measured(load: Load, changes: Partial<StageOptions> = {}) {
  const stage = openStage(stageOptions(changes));
  onTestFinished(() => stage[Symbol.asyncDispose]());
  const { entrants } = await tinyLineup(stage, load);
  return measure(entrants, stage);
}

it('gives each entrant every round', async () => {
  const series = await measured(tinyLoad, { rounds: 3 });
  expect(series.map(({ name, samples }) => [name, samples.length])).toEqual([
    ['one', 3],
    ['other', 3],
  ]);
  expect(series[0]?.samples[0]).toMatchObject({ perSecond: 20, p50: 1, p99: 2, rssMebibytes: 64 });
});

it('relates the CPU that a run took to its operations', async () => {
  const [first] = await measured(tinyLoad, { usage: tickingUsage() });
  const sample = { cpuSeconds: 0.5, cores: 0.5, cpuMicroseconds: 25_000, perCpuSecond: 40 };
  expect(first?.samples[0]).toMatchObject(sample);
});

it('fails on a fault of a load, by the name of the entrant', async () => {
  const load: Load = async (target) => ({ ...(await tinyLoad(target)), faults: ['3 bad answers'] });
  await expect(measured(load)).rejects.toThrow('one: 3 bad answers');
});

it('fails on a load that got no right answer at all', async () => {
  const load: Load = async (target) => ({ ...(await tinyLoad(target)), operations: 0, faults: ['4 bad answers'] });
  await expect(measured(load)).rejects.toThrow('one: not one request was answered rightly, 4 bad answers');
});

it('fails on a server that ends while it is measured', async () => {
  const load: Load = async (target) => {
    const pid = Number(await (await fetch(`http://127.0.0.1:${target.port}`)).text());
    const result = await tinyLoad(target);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isRunning(pid)).toBe(false);
    return result;
  };
  await expect(measured(load)).rejects.toThrow('one ended by itself (SIGKILL)');
});

it('takes no figure of a load that was interrupted', async () => {
  const interruption = new AbortController();
  const load: Load = async (target) => {
    interruption.abort();
    return tinyLoad(target);
  };
  await expect(measured(load, { signal: interruption.signal })).rejects.toThrow('aborted');
});

it('lets each round begin with the next contestant', () => {
  expect([0, 1, 2, 3].map((round) => turns(3, round))).toEqual([
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [0, 1, 2],
  ]);
});

it('adds the CPU of the database, and restores it before each turn', async () => {
  const stage = openStage(stageOptions({ usage: tickingUsage() }));
  onTestFinished(() => stage[Symbol.asyncDispose]());
  const { entrants } = await tinyLineup(stage, tinyLoad);
  const [looks, rests]: [unknown[], unknown[]] = [[], []];
  const database = { cpuSeconds: () => looks.push('look') / 4 };
  const rest = async () => void rests.push('rest');
  const [first] = await measure(
    entrants.slice(0, 1).map((one) => ({ ...one, database, rest })),
    stage,
  );
  expect(first?.samples[0]).toMatchObject({ cpuSeconds: 0.75, cpuMicroseconds: 37_500, databaseMicroseconds: 12_500 });
  expect(rests).toHaveLength(3); // to warm up, and two rounds
});
