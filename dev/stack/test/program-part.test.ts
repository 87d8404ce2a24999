import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../src/processes/readiness.ts';
import { startWatchdog, type Watchdog } from '../src/processes/watchdog-link.ts';
import { createProgramParts } from '../src/program-part.ts';
import type { Part } from '../src/stack.ts';
import { findFreePort } from '../src/tcp-ports.ts';

const sources = mkdtempSync(join(tmpdir(), 'program-part-'));
const said: string[] = [];
let url: string;
let part: Part;
let watchdog: Watchdog;

beforeEach(async () => {
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  watchdog = startWatchdog();
  const console = { line: (_part: string, line: string) => said.push(line), say: () => undefined };
  part = createProgramParts(console, watchdog).create({
    program: {
      name: 'stand-in',
      command: process.execPath,
      args: [resolve(import.meta.dirname, 'fixtures/stand-in.ts')],
      folder: '.',
      environment: { PORT: `${port}` },
    },
    isReady: (signal) => answers(url, signal),
    sources: [sources],
  });
  await part.start();
});

afterEach(async () => {
  await part.stop();
  await watchdog.close();
  rmSync(sources, { recursive: true, force: true });
});

const pid = async () => Number(await (await fetch(url)).text().catch(() => '0'));
const poll = () => expect.poll(() => pid().catch(() => 0), { timeout: 10_000 });

describe('a program of the stack', () => {
  it('is there when its start is over, comes back after kill -9 and after a change, and is gone after its stop', async () => {
    const first = await pid();
    process.kill(first, 'SIGKILL');
    await poll().not.toBeOneOf([0, first]);
    const second = await pid();

    writeFileSync(join(sources, 'app.ts'), '');
    await poll().not.toBeOneOf([0, second]);
    expect(said).toEqual(expect.arrayContaining(['» was ended by SIGKILL; starting again in 0.25 s']));
    expect(said).toEqual(expect.arrayContaining(['» app.ts changed, starting again', 'asked to stop']));

    await part.stop();
    await expect(pid()).rejects.toThrow();
    expect(said.filter((line) => line === 'asked to stop')).toHaveLength(2);
  });
});
