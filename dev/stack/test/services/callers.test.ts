import { resolve } from 'node:path';
import { readSeed } from '@seaworthy/azure-emulator/seed';
import { readSettings } from '@seaworthy/chassis/settings';
import { expect, it } from 'vitest';
import { callersEnvironment, callsAzure, takesEmulatedTokens } from '../../src/services/callers.ts';
import { StackSettings } from '../../src/settings.ts';

const { settings } = readSettings(StackSettings, { EMULATOR_HTTPS_PORT: '9443' });
const seed = readSeed(resolve(import.meta.dirname, '../../../azure-emulator/seed.json'));
const emulated = callersEnvironment(settings, seed, {});

it('callers bring tokens that the emulated Entra issued for the users API', () => {
  expect(emulated).toEqual({
    AUTH_ISSUER: `https://localhost:9443/${seed.tenant.id}/v2.0`,
    AUTH_AUDIENCE: seed.applications.find(({ name }) => name === 'users-api')?.clientId,
  });
});

it('callers bring tokens of the issuer, or for the audience, that the person names', () => {
  const named = { AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'api://else' };
  expect(callersEnvironment(settings, seed, named)).toEqual(named);
  expect(callersEnvironment(settings, seed, { AUTH_AUDIENCE: 'api://else' })).toMatchObject({
    AUTH_ISSUER: emulated['AUTH_ISSUER'],
    AUTH_AUDIENCE: 'api://else',
  });
});

it('a seed without an API is told', () => {
  expect(() => callersEnvironment(settings, { ...seed, applications: [] }, {})).toThrow('identifierUris');
});

it.each([
  [true, { AUTH: 'jwt' }],
  [true, { AUTH: 'none', AZURE_AUTHORITY_HOST: 'https://localhost:9443/' }],
  [false, { AUTH: 'none' }],
])('whether a service calls Azure: %s with %j', (expected, environment) => {
  expect(callsAzure(environment)).toBe(expected);
});

it.each([
  [true, { ...emulated, AUTH: 'jwt' }],
  [false, { ...emulated, AUTH: 'none' }],
  [false, { ...emulated, AUTH: 'jwt', AUTH_AUDIENCE: 'api://else' }],
])('whether a service takes tokens got for the asking: %s with %j', (expected, environment) => {
  expect(takesEmulatedTokens(environment, settings, seed)).toBe(expected);
});
