import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachable } from '../src/checks/reachable.ts';
import { readKustomizations } from '../src/roots.ts';
import { repository } from './rendered.ts';

const deploy = join(repository, 'deploy');
const rooms = ['clusters', 'flux', 'key-vault', 'policy', 'services', 'test', 'windows'];
const manifests = globSync('deploy/{clusters,flux,key-vault,services,windows}/**/*.yaml', { cwd: repository });
const kustomizations = readKustomizations(repository);

describe('a room', () => {
  it.for(rooms)('%s has a README of 40 lines at most', (room) => {
    expect(readFileSync(join(deploy, room, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(41);
  });

  it.for(rooms)('%s stands on the floor plan', (room) => {
    expect(readFileSync(join(deploy, 'README.md'), 'utf8')).toContain(`[${room}/](${room}/README.md)`);
  });
});

it('each file holds one object', () => {
  const several = manifests.filter((file) => /^---$/m.test(readFileSync(join(repository, file), 'utf8')));
  expect(several).toEqual([]);
});

it('each manifest names its schema in its first line', () => {
  const without = manifests.filter((file) => {
    const text = readFileSync(join(repository, file), 'utf8');
    return /^apiVersion: /m.test(text) && !text.startsWith('# yaml-language-server: $schema=https://');
  });
  expect(without).toEqual([]);
});

it('every service has the same rooms', () => {
  const foldersOf = (service: string) => readdirSync(join(deploy, 'services', service));
  for (const service of ['groupz', 'realtime', 'users'])
    expect(foldersOf(service)).toEqual(expect.arrayContaining(['azure', 'base', 'production', 'staging']));
});

describe('what nobody would apply is told', () => {
  it('a file that is in no Kustomization', () => {
    const without = kustomizations.map((each) => ({
      ...each,
      names: each.names.filter((name) => !name.endsWith('users/base/service.yaml')),
    }));
    expect(reachable(repository, without).map(({ file }) => file)).toEqual(['deploy/services/users/base/service.yaml']);
  });

  it('a component that nobody takes in', () => {
    const without = kustomizations.map((each) => ({
      ...each,
      names: each.names.filter((name) => !name.endsWith('services/hardened')),
    }));
    const files = reachable(repository, without).map(({ file }) => dirname(file));
    expect(files).toContain('deploy/services/hardened');
  });

  it('a name of what is not there', () => {
    const [first, ...rest] = kustomizations;
    const names = ['deploy/clusters/local/gone.yaml'];
    const whys = reachable(repository, [{ ...first, names } as never, ...rest]).map(({ why }) => why);
    expect(whys.join()).toContain('names deploy/clusters/local/gone.yaml, which is not there');
  });
});
