import { expect, it } from 'vitest';
import type { Load, Section } from '../src/bench-case.ts';
import { contest } from '../src/contest.ts';
import { runSections } from '../src/run-sections.ts';
import type { Stage } from '../src/stage.ts';
import { isRunning } from './fixture/running.ts';
import { tinyCase, tinyLineup, tinyLoad } from './fixture/tiny-case.ts';
import { stageOptions, tickingUsage } from './stage-options.ts';

/** Runs sections; what they printed can be read even when one fails. */
function running(sections: readonly Section[]) {
  const lines: string[] = [];
  const options = stageOptions({ rounds: 3, usage: tickingUsage() });
  return { lines, done: runSections(sections, options, (line) => void lines.push(line)) };
}

const sectionWith = (load: Load) =>
  contest({ name: 'bad', question: 'Is it right?', size: 2, prepare: (stage) => tinyLineup(stage, load) });

const conclusion =
  'Requests per server CPU-second, against one (40.0..40.0): other no difference beyond noise (40.0..40.0).';

async function twice(stage: Stage) {
  const { entrants } = await tinyLineup(stage, tinyLoad);
  return { entrants: [...entrants, ...entrants] };
}

it('runs the sections in order, each with its table and its conclusion', async () => {
  const { lines, done } = running(tinyCase.sections);
  await done;
  expect(lines.filter((line) => /^(first|second):/.test(line))).toEqual([
    'first: Is the first there?',
    'second: Is the second there?',
  ]);
  expect(lines.filter((line) => line === conclusion)).toHaveLength(2);
});

it('says first how long it takes', async () => {
  const { lines, done } = running(tinyCase.sections.slice(0, 1));
  await done;
  // Two servers: a warm-up and three rounds of a second each, and the time to start.
  expect(lines[0]).toBe('About 10 seconds.');
});

it('fails on a wrong answer, prints no figure of that section and begins no other', async () => {
  const met = new Set<number>();
  const bad = sectionWith(async (target) => {
    met.add(Number(await (await fetch(`http://127.0.0.1:${target.port}`)).text()));
    return { ...(await tinyLoad(target)), faults: ['1 answers with another body'] };
  });
  const { lines, done } = running([bad, ...tinyCase.sections]);
  await expect(done).rejects.toThrow('one: 1 answers with another body');
  expect(lines).toHaveLength(1);
  expect([...met].map(isRunning)).toEqual([false]);
});

it('compares each group with its own first', async () => {
  const pairs = contest({ name: 'pairs', question: 'Is it there?', size: 4, groupSize: 2, prepare: twice });
  const { lines, done } = running([pairs]);
  await done;
  expect(lines.filter((line) => line.startsWith('Requests per'))).toEqual([conclusion, conclusion]);
});
