import { fileURLToPath } from 'node:url';
import type { Contestant } from '../bench-case.ts';
import type { Azure } from './azure.ts';

/** What the service is called in every table. */
export const serviceName = 'this service';

const program = fileURLToPath(import.meta.resolve('@seaworthy/groupz/main'));

/**
 * The service as it ships, with its log and its metrics. An hour between two readings of Azure: one that falls into
 * somebody's turn would be measured as a part of their requests.
 */
export function service({ podEnv }: Azure, env: Readonly<Record<string, string>> = {}): Contestant {
  const rare = { REFRESH_SECONDS: '3600', STALE_LIMIT_SECONDS: '7200' };
  const own = { HOST: '127.0.0.1', AUTH: 'none', SHUTDOWN_DELAY_SECONDS: '0', ...rare };
  return {
    name: serviceName,
    readyPath: '/readyz',
    command: (port) => ({
      program: process.execPath,
      args: [program],
      env: { ...own, ...podEnv, ...env, PORT: String(port) },
    }),
  };
}
