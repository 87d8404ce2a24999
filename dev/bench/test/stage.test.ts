import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStage } from '../src/stage.ts';
import { isRunning } from './fixture/running.ts';
import { fixture } from './fixture/tiny-case.ts';
import { stageOptions } from './stage-options.ts';

function freshStage() {
  const stage = openStage(stageOptions());
  onTestFinished(() => stage[Symbol.asyncDispose]());
  return stage;
}

it('leaves no process and no file behind', async () => {
  const stage = openStage(stageOptions());
  const { pid, port } = await stage.start(fixture('one'));
  writeFileSync(join(stage.directory, 'answer.json'), '[]');
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe(String(pid));
  await stage[Symbol.asyncDispose]();
  expect([isRunning(pid), existsSync(stage.directory)]).toEqual([false, false]);
});

it('fails on a server that does not start, with what it said', async () => {
  await expect(freshStage().start(fixture('cold', 'failing-server.ts'))).rejects.toThrow(
    /cold ended by itself[\s\S]*oven is cold/,
  );
});

it('fails on a program that is not there', async () => {
  const missing = { ...fixture('missing'), command: () => ({ program: '/nowhere/server', args: [] }) };
  await expect(freshStage().start(missing)).rejects.toThrow('missing cannot be started');
});

it('disposes of what it keeps when the servers are gone, the last one first', async () => {
  const stage = openStage(stageOptions());
  const { pid } = await stage.start(fixture('one'));
  const gone: unknown[] = [];
  for (const name of ['first', 'second']) {
    stage.keep({ [Symbol.asyncDispose]: async () => void gone.push([name, isRunning(pid)]) });
  }
  await stage[Symbol.asyncDispose]();
  expect(gone).toEqual([
    ['second', false],
    ['first', false],
  ]);
});
