import type { Log } from '@seaworthy/chassis/log';
import type { PasswordSource } from '../password-source.ts';
import { EntraPasswords } from './entra-passwords.ts';
import { type WorkloadSettings, workloadToken } from './workload-token.ts';

/** Where passwords come from that are not in DATABASE_URL; `undefined` where it has one. */
export function databasePasswords(
  settings: WorkloadSettings & { DATABASE_AUTH: string },
  log: Log,
): PasswordSource | undefined {
  if (settings.DATABASE_AUTH !== 'entra') return undefined;
  return new EntraPasswords({ ask: workloadToken(settings), now: Date.now, log });
}
