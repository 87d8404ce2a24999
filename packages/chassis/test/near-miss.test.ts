import { expect, test } from 'vitest';
import { nearMisses } from '../src/near-miss.ts';

const settings = ['HOST', 'PORT', 'SUBSCRIPTION_ID', 'REDISHOST', 'REDIS_URL'];

test('a misspelt name is hinted at the setting that it is close to', () => {
  expect(nearMisses(settings, { SUBSCRIPTON_ID: 'x' })).toEqual([
    'SUBSCRIPTON_ID is not a setting: did you mean SUBSCRIPTION_ID?',
  ]);
});

test('a name that differs only by separators or case is hinted', () => {
  expect(nearMisses(settings, { REDIS_HOST: 'x', port: '1' })).toHaveLength(2);
});

test('names that Kubernetes and shells set are not hinted', () => {
  const env = {
    REDIS_PORT: 'tcp://10.0.0.1:6379',
    REDIS_SERVICE_HOST: '10.0.0.1',
    HOME: '/root',
    PATH: '/bin',
    HOSTNAME: 'a',
  };
  expect(nearMisses(settings, env)).toEqual([]);
});

test('nothing is hinted at a setting that is set', () => {
  expect(nearMisses(settings, { REDIS_HOST: 'x', REDISHOST: 'y' })).toEqual([]);
});
