import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accepts } from '../../src/processes/readiness.ts';
import { startWatchdog } from '../../src/processes/watchdog-link.ts';
import { createProgramParts } from '../../src/program-part.ts';
import { findRedis, publishCommand } from '../../src/redis/redis-program.ts';
import { chooseRedis } from '../../src/redis-part.ts';
import { findFreePort } from '../../src/tcp-ports.ts';

const { PATH = '' } = process.env;
const installed = await findRedis(PATH);

function arrange(searchPath: string) {
  const said: string[] = [];
  const console = { line: (_part: string, line: string) => said.push(line), say: () => undefined };
  const watchdog = startWatchdog();
  onTestFinished(() => watchdog.close());
  const programs = createProgramParts(console, watchdog);
  return { said, choose: (url?: string) => chooseRedis(url, { env: { PATH: searchPath }, programs, console }) };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'redis-part-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const placeOf = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });
const isUp = (url: string) => accepts(placeOf(url), AbortSignal.timeout(2000));

describe('REDIS_URL', () => {
  it('is used as it is, and its password is not shown', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const redis = await arrange(PATH).choose(`redis://ada:secret@127.0.0.1:${port}`);
    await redis.start();
    expect(redis.address).toBe(`redis://127.0.0.1:${port}`);
    expect(redis.publishCommand).toContain('-u "$REDIS_URL" PUBLISH');
    expect(JSON.stringify([redis.address, redis.title, redis.publishCommand])).not.toContain('secret');
    await redis.stop();
    server.close();
  });

  it('that leads nowhere is an error that says so, without the password', async () => {
    const redis = await arrange(PATH).choose('redis://:secret@127.0.0.1:1');
    await expect(redis.start()).rejects.toThrow(/^REDIS_URL names 127.0.0.1:1, and nothing answers there/);
  });
});

describe('without a Redis on the search path', () => {
  it('the development broker runs, and says what it is', async () => {
    const { choose, said } = arrange(folder());
    const redis = await choose();
    await redis.start();
    expect(await isUp(redis.url)).toBe(true);
    expect(said).toEqual([expect.stringContaining('a development broker, NOT Redis')]);
    await redis.stop();
    expect(await isUp(redis.url)).toBe(false);
  });

  it('one that does not run here is as good as none', async () => {
    const path = folder();
    writeFileSync(join(path, 'redis-server'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(await findRedis(path)).toBeUndefined();
  });
});

describe.skipIf(installed === undefined)('with a Redis on the search path (skipped where there is none)', () => {
  it('it runs on a free port, and is gone after the stop', async () => {
    const path = folder();
    symlinkSync(installed?.path ?? '', join(path, 'redis-server'));
    const redis = await arrange(path).choose();
    await redis.start();
    expect(redis.title).toMatch(/^redis-server \d+\.\d+\.\d+ from PATH, the stack's own$/);
    expect(await isUp(redis.url)).toBe(true);
    await redis.stop();
    expect(await isUp(redis.url)).toBe(false);
  });
});

describe('the port of a Redis of the stack', () => {
  it('is the preferred one, or another where that is taken', async () => {
    const free = await findFreePort();
    expect(await findFreePort(free)).toBe(free);
    const other = createServer().listen(free, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    expect(await findFreePort(free)).not.toBe(free);
  });
});

describe('the command that publishes', () => {
  it('is one of a client that is installed', () => {
    const path = folder();
    writeFileSync(join(path, 'valkey-cli'), '', { mode: 0o755 });
    expect(publishCommand('redis://127.0.0.1:1', path)).toBe(
      'valkey-cli -u redis://127.0.0.1:1 PUBLISH device01 hello',
    );
  });

  it('is one of curl where no client is installed', () => {
    expect(publishCommand('redis://127.0.0.1:1', folder())).toContain('| curl -s telnet://127.0.0.1:1');
  });
});
