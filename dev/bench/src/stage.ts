import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contestant, Options } from './bench-case.ts';
import { type ServerProcess, startServer } from './processes/server-process.ts';
import type { UsageReader } from './system/usage.ts';

/** What the command line and the machine give to every section. */
export type StageOptions = Options & {
  usage: UsageReader;
  signal: AbortSignal;
  /** A Postgres that is there already, for the cases that need one. */
  databaseUrl?: string | undefined;
  /** Hears how far the run is. */
  progress: (text: string) => void;
};

/** Where one section is run. Its servers and its folder are gone when it is disposed of. */
export type Stage = StageOptions & {
  /** A temporary folder. */
  directory: string;
  /** Starts a program and waits until it is ready. */
  start: (contestant: Contestant) => Promise<ServerProcess>;
  /** Disposes of something else when the servers are gone, of the last one first. */
  keep: (resource: AsyncDisposable) => void;
} & AsyncDisposable;

/** Opens a stage with nothing on it. */
export function openStage(options: StageOptions): Stage {
  const servers: ServerProcess[] = [];
  const resources = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'seaworthy-bench-'));
  return {
    ...options,
    directory,
    async start(contestant) {
      options.progress(`starting ${contestant.name}`);
      const server = await startServer(contestant, options.signal);
      servers.push(server);
      return server;
    },
    keep: (resource) => void resources.use(resource),
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.stop()));
      await resources.disposeAsync();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
