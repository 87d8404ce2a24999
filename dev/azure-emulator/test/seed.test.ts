import { describe, expect, it } from 'vitest';
import { SEED_FILE } from '../src/emulator.ts';
import { parseSeed, readSeed, type Seed } from '../src/seed.ts';

function broken(change: (seed: Seed) => void): () => Seed {
  const seed = readSeed(SEED_FILE);
  change(seed);
  return () => parseSeed(seed, 'seed.json');
}

describe('the shipped seed', () => {
  it('gives groupz both subscriptions and the others none', () => {
    const access = readSeed(SEED_FILE).applications.map(({ name, subscriptions }) => [name, subscriptions.length]);
    expect(access).toEqual([
      ['groupz', 2],
      ['users', 0],
      ['realtime', 0],
      ['users-api', 0],
      ['directory', 0],
      ['developer', 0],
    ]);
  });

  it('gives roles to the directory and the developer alone', () => {
    const roles = readSeed(SEED_FILE).applications.flatMap(({ name, appRoleAssignments = [] }) =>
      appRoleAssignments.map((assigned) => [name, assigned.api, ...assigned.roles]),
    );
    expect(roles).toEqual([
      ['directory', 'users-api', 'Users.Provision'],
      ['developer', 'users-api', 'Users.Read', 'Users.ReadWrite', 'Channels.ReadWrite'],
    ]);
  });
});

describe('a bad seed', () => {
  it('is named with the file when it is not there', () => {
    expect(() => readSeed('/absent/seed.json')).toThrow(/^\/absent\/seed\.json: ENOENT/);
  });

  it.for([
    ['/tenant/id must match pattern', (seed: Seed) => Object.assign(seed.tenant, { id: 'x' })],
    ['/tenant must have required properties domain', (seed: Seed) => Reflect.deleteProperty(seed.tenant, 'domain')],
    ['/extra is not a known property', (seed: Seed) => Object.assign(seed, { extra: 1 })],
    [
      '/applications/1 repeats c0ffee00',
      (seed: Seed) => Object.assign(seed.applications[1] ?? {}, { clientId: seed.applications[0]?.clientId }),
    ],
    [
      '/applications/1 repeats groupz',
      (seed: Seed) => Object.assign(seed.applications[1] ?? {}, { name: seed.applications[0]?.name }),
    ],
    [
      '/applications/4/identifierUris repeats API://seaworthy-users/',
      (seed: Seed) => Object.assign(seed.applications[4] ?? {}, { identifierUris: ['API://seaworthy-users/'] }),
    ],
    [
      '/applications/5/appRoleAssignments/0 names no role of users-api: Users.Reed',
      (seed: Seed) => seed.applications[5]?.appRoleAssignments?.[0]?.roles.push('Users.Reed'),
    ],
    ['/applications/3/appRoleAssignments/0 names no API: users-api', (seed: Seed) => seed.applications.splice(3, 1)],
    ['/applications/0/subscriptions names no subscription', (seed: Seed) => seed.subscriptions.splice(1)],
    [
      '/subscriptions/1/resourceGroups/4 repeats rg-loadtest',
      (seed: Seed) => seed.subscriptions[1]?.resourceGroups.push({ name: 'RG-LoadTest', location: 'x' }),
    ],
  ] as const)('is refused: %s', ([message, change]) => {
    expect(broken(change)).toThrow(message);
  });
});
