import { readSettings, SettingsError } from '@seaworthy/chassis/settings';
import { expect, it } from 'vitest';
import { rules, Settings } from '../src/config.ts';
import { A, B } from './refresh-options.ts';

const workload = {
  AZURE_TENANT_ID: '6f1d2c3b-4a59-4e68-8c77-9b0a1d2e3f40',
  AZURE_CLIENT_ID: 'c0ffee00-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
  AZURE_FEDERATED_TOKEN_FILE: '/var/run/token',
};
const complete = { SUBSCRIPTION_ID: A, ...workload };

const read = (env: Record<string, string>) => readSettings(Settings, env, rules).settings;

/** The names of the settings that are reported as wrong. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof SettingsError)
      return [...error.message.matchAll(/^ {2}([A-Z_]+) /gm)].map(([, name]) => `${name}`);
  }
  return [];
}

it('reads a complete environment, with defaults for the rest', () => {
  expect(read(complete)).toMatchObject({
    SUBSCRIPTION_ID: [A],
    SOURCE: 'arm',
    AZURE_IDENTITY: 'workload',
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com',
    ARM_ENDPOINT: 'https://management.azure.com',
    REFRESH_SECONDS: 60,
    REFRESH_DEADLINE_SECONDS: 30,
    REFRESH_CONCURRENCY: 8,
    DISCOVERY_SECONDS: 300,
    STALE_LIMIT_SECONDS: 3600,
  });
});

it('reads several subscriptions', () => {
  expect(read({ ...complete, SUBSCRIPTION_ID: `${A}, ${B}` }).SUBSCRIPTION_ID).toEqual([A, B]);
});

it('names everything that is missing at once', () => {
  expect(faultsOf({})).toEqual(Object.keys(workload));
});

it('names everything that is wrong at once', () => {
  const wrong = {
    SUBSCRIPTION_ID: 'production',
    SOURCE: 'graph',
    AZURE_CLIENT_ID: 'groupz',
    AZURE_AUTHORITY_HOST: 'http://login.example',
    ARM_ENDPOINT: 'management.azure.com',
    REFRESH_SECONDS: '0',
    REFRESH_CONCURRENCY: '0',
    PAGE_TOKEN_KEY: 'too short',
    REDIS_URL: 'localhost:6379',
  };
  expect(faultsOf({ ...workload, ...wrong })).toEqual(Object.keys(wrong));
});

it.each(['managed', 'developer'])('needs no workload identity for %s', (identity) => {
  expect(faultsOf({ SUBSCRIPTION_ID: A, AZURE_IDENTITY: identity })).toEqual([]);
});

it('refuses managed where the SDK would take the workload identity', () => {
  expect(faultsOf({ ...complete, AZURE_IDENTITY: 'managed' })).toEqual(['AZURE_IDENTITY']);
});

it('refuses an identity that it does not know, and blames nothing else', () => {
  expect(faultsOf({ SUBSCRIPTION_ID: A, AZURE_IDENTITY: 'default' })).toEqual(['AZURE_IDENTITY']);
});

it('refuses a subscription that is named twice, in whatever case', () => {
  expect(faultsOf({ ...complete, SUBSCRIPTION_ID: `${B},${B.toUpperCase()}` })).toEqual(['SUBSCRIPTION_ID']);
});

it('takes the subscriptions from Azure where none are named', () => {
  expect(read(workload).SUBSCRIPTION_ID).toBeUndefined();
});

it.each(['60', '30'])('refuses to give readings up before the next one (limit %s s)', (limit) => {
  expect(faultsOf({ ...complete, STALE_LIMIT_SECONDS: limit })).toEqual(['STALE_LIMIT_SECONDS']);
});

it.each([
  ['66', ['STALE_LIMIT_SECONDS']],
  ['67', []],
])('takes a limit that every reading comes before: %s', (limit, faults) => {
  expect(faultsOf({ ...complete, STALE_LIMIT_SECONDS: limit })).toEqual(faults);
});

it.each(['https://#', 'https://localhost:99999', 'https://user:pass@host', 'https://host?x=1', 'https://host/path'])(
  'takes no address that is more or less than https, host and port: %s',
  (url) => {
    expect(faultsOf({ ...complete, ARM_ENDPOINT: url, AZURE_AUTHORITY_HOST: url })).toEqual([
      'AZURE_AUTHORITY_HOST',
      'ARM_ENDPOINT',
    ]);
  },
);

it.each(['https://localhost:8443', 'https://localhost:8443/', 'https://management.azure.com', 'https://[::1]:1/'])(
  'takes the address %s',
  (url) => {
    expect(faultsOf({ ...complete, ARM_ENDPOINT: url })).toEqual([]);
  },
);

it('hides the secrets', () => {
  const { PAGE_TOKEN_KEY, REDIS_URL } = read({
    ...complete,
    PAGE_TOKEN_KEY: 'sixteen letters!',
    REDIS_URL: 'rediss://:hush@cache:6380',
  });
  expect(PAGE_TOKEN_KEY?.value).toBe('sixteen letters!');
  expect(`${PAGE_TOKEN_KEY} ${JSON.stringify(REDIS_URL)}`).toBe('[secret] "[secret]"');
});
