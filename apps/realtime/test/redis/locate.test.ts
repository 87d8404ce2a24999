import { readSettings, SettingsError } from '@seaworthy/chassis/settings';
import { expect, it } from 'vitest';
import { Settings } from '../../src/config.ts';
import { locateRedis, redisRules } from '../../src/redis/locate.ts';

const kubernetes = {
  REDIS_SERVICE_HOST: '10.0.0.1',
  REDIS_SERVICE_PORT: '6379',
  REDIS_SERVICE_PORT_REDIS: '6379',
  REDIS_PORT: 'tcp://10.0.0.1:6379',
  REDIS_PORT_6379_TCP: 'tcp://10.0.0.1:6379',
  REDIS_PORT_6379_TCP_PROTO: 'tcp',
  REDIS_PORT_6379_TCP_PORT: '6379',
  REDIS_PORT_6379_TCP_ADDR: '10.0.0.1',
};

function read(env: Record<string, string>) {
  return readSettings(Settings, { AUTH: 'none', ...env }, redisRules);
}

function locate(env: Record<string, string>) {
  const { source, host, port, tls, username, password } = locateRedis(read(env).settings);
  const credentials = [username, password].some(Boolean) ? `${username ?? ''}:${password ?? ''}@` : '';
  return `${source} ${tls ? 'tls ' : ''}${credentials}${host} ${port}`;
}

it.each<[Record<string, string>, string]>([
  [{}, 'default localhost 6379'],
  [kubernetes, 'REDIS_SERVICE_HOST 10.0.0.1 6379'],
  [{ ...kubernetes, REDISHOST: 'cache:7000' }, 'REDISHOST cache 7000'],
  [{ ...kubernetes, REDISHOST: 'cache', REDIS_URL: 'redis://other' }, 'REDIS_URL other 6379'],
  [{ REDIS_SERVICE_HOST: 'fd00::5', REDIS_SERVICE_PORT: '7000' }, 'REDIS_SERVICE_HOST fd00::5 7000'],
  [{ REDISHOST: '' }, 'default localhost 6379'],
  [{ REDISHOST: 'redis' }, 'REDISHOST redis 6379'],
  [{ REDISHOST: 'redis.default.svc.cluster.local:6380' }, 'REDISHOST redis.default.svc.cluster.local 6380'],
  [{ REDISHOST: '10.0.0.1:1' }, 'REDISHOST 10.0.0.1 1'],
  [{ REDISHOST: '::1' }, 'REDISHOST ::1 6379'],
  [{ REDISHOST: 'fd00::5' }, 'REDISHOST fd00::5 6379'],
  [{ REDISHOST: '[fd00::5]' }, 'REDISHOST fd00::5 6379'],
  [{ REDISHOST: '[::1]:65535' }, 'REDISHOST ::1 65535'],
  [{ REDIS_URL: 'redis://[::1]:6379' }, 'REDIS_URL ::1 6379'],
  [{ REDIS_URL: 'redis://[fd00::5]/0' }, 'REDIS_URL fd00::5 6379'],
  [
    { REDIS_URL: 'rediss://:p%40ss@a.redis.cache.windows.net:6380' },
    'REDIS_URL tls :p@ss@a.redis.cache.windows.net 6380',
  ],
  [{ REDIS_URL: 'redis://me:secret@redis:6379/3' }, 'REDIS_URL me:secret@redis 6379'],
])('finds Redis by %j', (env, found) => {
  expect(locate(env)).toBe(found);
});

it('selects no database, which Redis may refuse: channels belong to none', () => {
  expect(locateRedis(read({ REDIS_URL: 'redis://redis/3' }).settings)).not.toHaveProperty('db');
});

it.each([
  ['REDISHOST', ':6379'],
  ['REDISHOST', 'redis:'],
  ['REDISHOST', 'redis:0'],
  ['REDISHOST', 'redis:99999'],
  ['REDISHOST', 'redis:abc'],
  ['REDISHOST', 'redis:6379:1'],
  ['REDISHOST', '[::1'],
  ['REDISHOST', '[redis]:6379'],
  ['REDISHOST', 'tcp://10.0.0.1:6379'],
  ['REDISHOST', 'two words'],
  ['REDIS_SERVICE_HOST', 'redis:6379'],
  ['REDIS_SERVICE_PORT', '0'],
  ['REDIS_SERVICE_PORT', '65536'],
  ['REDIS_SERVICE_PORT', 'tcp://10.0.0.1:6379'],
  ['REDIS_URL', 'http://redis'],
  ['REDIS_URL', 'redis:6379'],
  ['REDIS_URL', 'redis://'],
  ['REDIS_URL', 'redis://redis:0'],
  ['REDIS_URL', 'redis://redis:99999'],
  ['REDIS_URL', 'redis://redis:abc'],
  ['REDIS_URL', 'redis://redis/database'],
  ['REDIS_URL', 'redis://redis?family=6'],
  ['REDIS_URL', 'redis://:100%@redis'],
])('a wrong %s is a fault that names it: %s', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`^A setting is wrong:\n {2}${name} `));
});

it('a wrong setting is told also where another one comes before it', () => {
  expect(() => read({ REDIS_URL: 'redis://redis', REDISHOST: ':1' })).toThrow(/REDISHOST/);
});

it('a wrong REDIS_URL never shows its password', () => {
  const error = (() => {
    try {
      return read({ REDIS_URL: 'redis://:hunter2@redis:0' });
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(SettingsError);
  expect(String(error)).not.toContain('hunter2');
});

it('REDIS_HOST is answered with a hint at REDISHOST', () => {
  expect(read({ REDIS_HOST: 'redis' }).hints).toEqual(['REDIS_HOST is not a setting: did you mean REDISHOST?']);
});

it('the variables of a Kubernetes Service named redis bring no hints', () => {
  const { REDIS_SERVICE_HOST: _host, REDIS_SERVICE_PORT: _port, ...others } = kubernetes;
  expect([read(kubernetes).hints, read(others).hints, read({ ...kubernetes, REDISHOST: 'x' }).hints]).toEqual([
    [],
    [],
    [],
  ]);
});
