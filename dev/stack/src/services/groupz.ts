import { join } from 'node:path';
import type { Seed } from '@seaworthy/azure-emulator/seed';
import type { Environment } from '@seaworthy/chassis/environment';
import type { StackSettings } from '../settings.ts';
import { serviceEnvironment } from './environment.ts';

/** What groupz talks to. */
interface GroupzWorld {
  /** What the emulated Azure holds. */
  seed: Seed;
  /** Where the emulator writes `ca.pem` and the projected tokens. */
  folder: string;
  redisUrl: string;
}

/**
 * The environment of groupz: what workload identity puts into its pod, aimed at the emulator. It finds out by itself
 * which subscriptions it may read.
 */
export function groupzEnvironment(
  settings: StackSettings,
  { seed, folder, redisUrl }: GroupzWorld,
  env: Environment,
): Environment {
  const application = seed.applications.find(({ name }) => name === 'groupz');
  if (!application) throw new Error('the seed of the Azure emulator has no application named groupz');
  const azure = `https://localhost:${settings.EMULATOR_HTTPS_PORT}`;
  const own = {
    PORT: `${settings.GROUPZ_PORT}`,
    AZURE_TENANT_ID: seed.tenant.id,
    AZURE_CLIENT_ID: application.clientId,
    AZURE_FEDERATED_TOKEN_FILE: join(folder, 'tokens', 'seaworthy', 'groupz'),
    AZURE_AUTHORITY_HOST: `${azure}/`,
    ARM_ENDPOINT: azure,
    REDIS_URL: redisUrl,
    // A person watches: what is added at the emulator shows up soon.
    REFRESH_SECONDS: '5',
    DISCOVERY_SECONDS: '15',
  };
  return serviceEnvironment('groupz', own, env);
}
