import { apisOf } from '@seaworthy/azure-emulator/apis';
import type { Seed } from '@seaworthy/azure-emulator/seed';
import type { Environment } from '@seaworthy/chassis/environment';
import type { StackSettings } from '../settings.ts';
import { pick } from './environment.ts';

/**
 * What a service needs to verify its callers' tokens: those that the emulated Entra issues for the users API, unless the
 * person named another issuer or audience. With `AUTH=jwt` all services share that one audience.
 */
export function callersEnvironment(settings: StackSettings, seed: Seed, env: Environment): Environment {
  const [api] = apisOf(seed.applications);
  if (!api) throw new Error('the seed of the Azure emulator has no application with identifierUris');
  return {
    AUTH_ISSUER: `https://localhost:${settings.EMULATOR_HTTPS_PORT}/${seed.tenant.id}/v2.0`,
    AUTH_AUDIENCE: api.clientId,
    ...pick(env, ['AUTH_ISSUER', 'AUTH_AUDIENCE']),
  };
}

/** Whether a service talks to the emulated Azure: for tokens of its own, or to verify those of its callers. */
export function callsAzure(environment: Environment): boolean {
  return environment['AUTH'] === 'jwt' || 'AZURE_AUTHORITY_HOST' in environment;
}

/** Whether a service takes the tokens that the emulator hands out for the asking. */
export function takesEmulatedTokens(environment: Environment, settings: StackSettings, seed: Seed): boolean {
  const emulated = callersEnvironment(settings, seed, {});
  return (
    environment['AUTH'] === 'jwt' && Object.entries(emulated).every(([name, value]) => environment[name] === value)
  );
}
