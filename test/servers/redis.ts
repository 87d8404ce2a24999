import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, freePort, startUntil, stopProcess, type TestServer } from './process.ts';

/** Starts a private Redis without persistence, or answers `undefined` where there is none. */
export async function startRedis(): Promise<TestServer | undefined> {
  const program = findProgram(['redis-server', 'valkey-server']);
  if (program === undefined) return undefined;
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'seaworthy-redis-'))];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = await startUntil([program, ...args], /ready to accept connections/i);
  if (child === undefined) return undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await stopProcess(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
