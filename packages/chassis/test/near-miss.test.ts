import { expect, test } from 'vitest';
import { nearMisses } from '../src/near-miss.ts';

const names = { settings: ['HOST', 'PORT', 'SUBSCRIPTION_ID', 'REDISHOST', 'REDIS_URL'], files: ['REDIS_URL_FILE'] };

test('a misspelt name is hinted at the setting that it is close to', () => {
  expect(nearMisses(names, { SUBSCRIPTON_ID: 'x' })).toEqual([
    'SUBSCRIPTON_ID is not a setting: did you mean SUBSCRIPTION_ID?',
  ]);
});

test('a name that differs only by separators or case is hinted', () => {
  expect(nearMisses(names, { REDIS_HOST: 'x', port: '1' })).toHaveLength(2);
});

test('names that Kubernetes and shells set are not hinted', () => {
  const env = {
    REDIS_PORT: 'tcp://10.0.0.1:6379',
    REDIS_SERVICE_HOST: '10.0.0.1',
    HOME: '/root',
    PATH: '/bin',
    HOSTNAME: 'a',
  };
  expect(nearMisses(names, env)).toEqual([]);
});

test('nothing is hinted at a setting that is set', () => {
  expect(nearMisses(names, { REDIS_HOST: 'x', REDISHOST: 'y' })).toEqual([]);
});

test('the file of a setting that is no secret is hinted, that of a secret is known', () => {
  const env = { SUBSCRIPTION_ID_FILE: '/a', REDIS_URL_FILE: '/b' };
  expect(nearMisses(names, env)).toEqual([
    'SUBSCRIPTION_ID_FILE is not read, as only secrets can be files: set SUBSCRIPTION_ID.',
  ]);
});
