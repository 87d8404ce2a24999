import { expect, it } from 'vitest';
import { currency, findRetired, readRetirements } from '../src/checks/currency.ts';
import { repository } from './rendered.ts';

const retirements = readRetirements();

it('nothing in deploy/ is retired today', () => {
  expect(currency(repository, new Date())).toEqual([]);
});

it.for(retirements.filter(({ api }) => api))('$api is told, with what there is instead', ({ api = '', instead }) => {
  const [apiVersion, kind = 'Thing'] = api.split(' ');
  const [found] = findRetired(
    'a.yaml',
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: a\n`,
    retirements,
  );
  expect(found?.why).toContain(instead);
});

it('a date that is to come is no fault yet', () => {
  const [later] = retirements.filter(({ text }) => text?.includes('redisenterprise'));
  expect(currency(repository, new Date('2000-01-01'), [{ ...later, api: 'v1', text: '.' } as never])).toEqual([]);
});

it('a comment may tell of what was', () => {
  expect(findRetired('a.yaml', '# was aadpodidbinding\nkind: A\n', retirements)).toEqual([]);
});

it.for([
  'aadpodidbinding: mymsi',
  'beta.kubernetes.io/os: linux',
  'kubernetes.io/ingress.class: kong',
  'useVMManagedIdentity: "true"',
  'image: docker.io/bitnami/redis',
  'image: k8s.gcr.io/pause',
])('%s is told', (line) => {
  expect(findRetired('a.yaml', `${line}\n`, retirements)).toHaveLength(1);
});

it('every line of the table has a date, a source and a way out', () => {
  const odd = retirements.filter(
    ({ from, source, instead, api, text }) =>
      Number.isNaN(Date.parse(from)) || !source || !instead || (api === undefined) === (text === undefined),
  );
  expect(odd).toEqual([]);
});
