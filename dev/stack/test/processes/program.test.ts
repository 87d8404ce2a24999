import { describe, expect, it } from 'vitest';
import { isRunning } from '../../src/process-ancestors.ts';
import { launchProgram, type RunningProgram } from '../../src/processes/program.ts';
import { beginRun, endRun } from '../../src/processes/program-run.ts';
import { sleep } from '../../src/processes/readiness.ts';

const world = { launch: launchProgram, sleep, now: Date.now };

function node(source: string) {
  return { name: 'test', command: process.execPath, args: ['-e', source], folder: '.', environment: { GIVEN: '1' } };
}

function launch(source: string): { running: RunningProgram; line: (text: RegExp) => Promise<RegExpExecArray> } {
  const lines: string[] = [];
  let wake = () => {};
  const running = launchProgram(node(source), (line) => {
    lines.push(line);
    wake();
  });
  async function line(text: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = lines.map((candidate) => text.exec(candidate)).find((match) => match !== null);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return { running, line };
}

describe('a program', () => {
  it('has the environment that it is given and no other', async () => {
    const { running, line } = launch('console.log(Object.keys(process.env).join())');
    expect((await line(/.*/))[0]).toBe('GIVEN');
    expect(await running.exited).toEqual({ code: 0, signal: undefined });
  });

  it('is heard on both outputs to the last line, also without a line end', async () => {
    const { running, line } = launch("console.error('one'); process.stdout.write('two')");
    await running.exited;
    expect([(await line(/one/))[0], (await line(/two/))[0]]).toEqual(['one', 'two']);
  });

  it('that ends with a code or by a signal says so', async () => {
    expect(await launch('process.exit(78)').running.exited).toEqual({ code: 78, signal: undefined });
    expect(await launch("process.kill(process.pid, 'SIGKILL')").running.exited).toEqual({
      code: undefined,
      signal: 'SIGKILL',
    });
  });

  it('that is not there is an exit with a reason', async () => {
    const lines: string[] = [];
    const running = launchProgram({ ...node(''), command: '/not/there' }, (line) => lines.push(line));
    expect((await running.exited).signal).toBeUndefined();
    expect(lines.join()).toContain('/not/there');
  });
});

describe('the end of a run', () => {
  it('is asked for exactly once, and leaves time for it', async () => {
    const source =
      "process.on('SIGTERM', () => { console.log('asked'); setTimeout(() => process.exit(0), 50); }); setInterval(() => {}, 1000); console.log('up')";
    const lines: string[] = [];
    const up = Promise.withResolvers<void>();
    const run = beginRun(node(source), world, (line) => {
      lines.push(line);
      up.resolve();
    });
    await up.promise;
    expect(await endRun(run, world, 10_000)).toBe('graceful');
    expect(lines).toEqual(['up', 'asked']);
  });

  it('comes by force to one that does not obey, and to what it started', async () => {
    const child = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
    const source = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);
      const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); console.log('child ' + pid)`;
    const pid = Promise.withResolvers<number>();
    const run = beginRun(node(source), world, (line) => pid.resolve(Number(line.split(' ')[1])));
    const childPid = await pid.promise;
    expect(await endRun(run, world, 20)).toBe('forced');
    await expect.poll(() => isRunning(childPid)).toBe(false);
  });
});
