import { Secret } from '@seaworthy/chassis/secret';
import { expect, it } from 'vitest';
import { addressOf, redisUrlRule } from '../../src/redis/address.ts';

const plain = { port: 6379, db: 0, username: undefined, password: undefined, tls: undefined };

it.each([
  ['redis://redis', { host: 'redis' }],
  ['redis://redis:6380/', { host: 'redis', port: 6380 }],
  ['redis://10.0.0.1/3', { host: '10.0.0.1', db: 3 }],
  ['redis://[::1]:6380', { host: '::1', port: 6380 }],
  ['redis://user:p%40ss@redis', { host: 'redis', username: 'user', password: 'p@ss' }],
  ['rediss://:key%3D@a.redis.cache.windows.net:6380', 'TLS by name'],
  ['rediss://10.0.0.1', { host: '10.0.0.1', tls: {} }],
])('reads %s', (url, address) => {
  const named = 'a.redis.cache.windows.net';
  const byName = { host: named, port: 6380, password: 'key=', tls: { servername: named } };
  expect(addressOf(url)).toEqual({ ...plain, ...(typeof address === 'string' ? byName : address) });
});

it.each([
  'redis:6379',
  'http://redis',
  'redis://',
  'redis://redis:0',
  'redis://redis:99999',
  'redis://redis/database',
  'redis://redis?family=6',
  'redis://:hunter2%@redis',
  'redis://:hunter2@redis:0',
])('refuses %s without showing it', (url) => {
  expect(() => addressOf(url)).toThrow(/^(is not a redis|names no valid port|has more behind)/);
});

it('names the setting of a wrong URL, and only of a wrong one', () => {
  const faultOf = (url: string) => redisUrlRule({ REDIS_URL: new Secret(url) });
  expect([redisUrlRule({}), faultOf('rediss://redis')]).toEqual([undefined, undefined]);
  expect(faultOf('redis://redis:0')).toEqual({ name: 'REDIS_URL', fault: expect.stringContaining('no valid port') });
});
