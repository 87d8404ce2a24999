import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findFreePort } from '../src/tcp-ports.ts';

const main = resolve(import.meta.dirname, '../src/main.ts');

interface Outcome {
  code: number;
  out: string;
  err: string;
}

function run(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args], { env }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

it('0 for --help, on standard output', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Usage: pnpm dev') });
});

it('78 for an unknown argument and for wrong settings, on standard error', async () => {
  expect(await run(['--fast'])).toMatchObject({ code: 78, out: '', err: expect.stringContaining('--fast') });
  expect(await run([], { USERS_PORT: 'x' })).toMatchObject({ code: 78, err: expect.stringContaining('USERS_PORT') });
});

it('1 for a port that is taken, before anything is started', async () => {
  const port = await findFreePort();
  const server = createServer();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const outcome = await run([], { GROUPZ_PORT: `${port}` });
  expect(outcome).toMatchObject({ code: 1, out: '', err: expect.stringContaining(`set GROUPZ_PORT to another`) });
  server.close();
});
