import { resolve } from 'node:path';
import { readSeed } from '@seaworthy/azure-emulator/seed';
import { readSettings } from '@seaworthy/chassis/settings';
import { describe, expect, it } from 'vitest';
import { emulatorEnvironment } from '../../src/services/emulator.ts';
import { groupzEnvironment } from '../../src/services/groupz.ts';
import { realtimeEnvironment } from '../../src/services/realtime.ts';
import { usersEnvironment } from '../../src/services/users.ts';
import { StackSettings } from '../../src/settings.ts';

const { settings } = readSettings(StackSettings, {});
const seed = readSeed(resolve(import.meta.dirname, '../../../azure-emulator/seed.json'));
const azure = { seed, folder: '/data/emulator', redisUrl: 'redis://127.0.0.1:1' };

describe('groupz', () => {
  it('gets what workload identity puts into a pod, aimed at the emulator', () => {
    const application = seed.applications.find(({ name }) => name === 'groupz');
    expect(groupzEnvironment(settings, azure, { PATH: '/bin' })).toEqual({
      PATH: '/bin',
      NO_PROXY: 'localhost,127.0.0.1',
      HOST: '127.0.0.1',
      PORT: '8081',
      LOG_LEVEL: 'info',
      AUTH: 'none',
      SHUTDOWN_DELAY_SECONDS: '0',
      DRAIN_SECONDS: '5',
      AZURE_TENANT_ID: seed.tenant.id,
      AZURE_CLIENT_ID: application?.clientId,
      AZURE_FEDERATED_TOKEN_FILE: '/data/emulator/tokens/seaworthy/groupz',
      AZURE_AUTHORITY_HOST: 'https://localhost:8443/',
      ARM_ENDPOINT: 'https://localhost:8443',
      REDIS_URL: 'redis://127.0.0.1:1',
      REFRESH_SECONDS: '5',
      DISCOVERY_SECONDS: '15',
    });
  });

  it('follows the port of the emulator', () => {
    const moved = readSettings(StackSettings, { EMULATOR_HTTPS_PORT: '9443' }).settings;
    expect(groupzEnvironment(moved, azure, {})).toMatchObject({ ARM_ENDPOINT: 'https://localhost:9443' });
  });

  it('cannot be described without its application', () => {
    expect(() => groupzEnvironment(settings, { ...azure, seed: { ...seed, applications: [] } }, {})).toThrow('groupz');
  });
});

describe('realtime', () => {
  it('gets the address of Redis', () => {
    expect(realtimeEnvironment(settings, 'redis://127.0.0.1:1', {})).toMatchObject({
      PORT: '8082',
      AUTH: 'none',
      REDIS_URL: 'redis://127.0.0.1:1',
    });
  });
});

describe('users', () => {
  it('gets no database, and uses its own', () => {
    expect(usersEnvironment(settings, '', {})).not.toHaveProperty('DATABASE_URL');
  });

  it('gets the address of Redis', () => {
    expect(usersEnvironment(settings, 'redis://127.0.0.1:1', {})).toMatchObject({ REDIS_URL: 'redis://127.0.0.1:1' });
  });

  it('asks its callers for tokens, as it does where it ships, unless the person says otherwise', () => {
    const auth = (env: Record<string, string>) => usersEnvironment(settings, '', env)['AUTH'];
    expect([auth({}), auth({ AUTH: 'none' }), auth({ USERS_AUTH: 'none' })]).toEqual(['jwt', 'none', 'none']);
  });

  it('gets the database that the person names, and nobody else does', () => {
    const env = { DATABASE_URL: 'postgres://db/users' };
    expect(usersEnvironment(settings, '', env)).toMatchObject(env);
    expect(groupzEnvironment(settings, azure, env)).not.toHaveProperty('DATABASE_URL');
  });
});

describe('the emulator', () => {
  it('gets its ports and its folder, and is quiet', () => {
    expect(emulatorEnvironment(settings, '/data/emulator', {})).toMatchObject({
      HTTPS_PORT: '8443',
      HTTP_PORT: '8444',
      OUTPUT_DIR: '/data/emulator',
      LOG_LEVEL: 'warn',
    });
  });
});

describe('what the person sets', () => {
  it('LOG_LEVEL reaches everything', () => {
    const env = { LOG_LEVEL: 'debug' };
    expect(usersEnvironment(settings, '', env)).toMatchObject(env);
    expect(emulatorEnvironment(settings, '.', env)).toMatchObject(env);
  });

  it('AUTH with its issuer and audience reaches the services', () => {
    const env = { AUTH: 'jwt', AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'api://seaworthy' };
    expect(usersEnvironment(settings, '', env)).toMatchObject(env);
    expect(realtimeEnvironment(settings, '', env)).toMatchObject(env);
  });

  it("with a service's name in front reaches that service only, and wins", () => {
    const env = { USERS_LOG_LEVEL: 'trace', LOG_LEVEL: 'warn', USERS_MIGRATE_AT_START: 'false' };
    expect(usersEnvironment(settings, '', env)).toMatchObject({ LOG_LEVEL: 'trace', MIGRATE_AT_START: 'false' });
    expect(realtimeEnvironment(settings, '', env)).toMatchObject({ LOG_LEVEL: 'warn' });
  });

  it('reaches nobody when it is for none of them', () => {
    const env = { AZURE_CLIENT_SECRET: 'x', AWS_SECRET_ACCESS_KEY: 'x', NODE_OPTIONS: '--inspect', REDIS_URL: 'x' };
    const given = Object.values({ ...usersEnvironment(settings, '', env), ...groupzEnvironment(settings, azure, env) });
    expect(given).not.toContain('x');
    expect(given).not.toContain('--inspect');
  });

  it('as a proxy stays, except for this machine', () => {
    const env = { https_proxy: 'http://proxy:3128', no_proxy: 'internal.example' };
    expect(groupzEnvironment(settings, azure, env)).toMatchObject({
      https_proxy: 'http://proxy:3128',
      NO_PROXY: 'internal.example,localhost,127.0.0.1',
    });
  });
});
