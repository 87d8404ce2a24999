import { Secret } from '@seaworthy/chassis/secret';
import { expect, it } from 'vitest';
import { addressOfHost, addressOfUrl, type RedisAddress } from '../src/address.ts';
import { redisUrlRule } from '../src/url-rule.ts';

it.each<[string, Partial<RedisAddress>]>([
  ['redis://redis', { host: 'redis' }],
  ['redis://redis:6380/', { host: 'redis', port: 6380 }],
  ['redis://10.0.0.1/3', { host: '10.0.0.1', db: 3 }],
  ['redis://redis/9999', { host: 'redis', db: 9999 }],
  ['redis://redis/0', { host: 'redis' }],
  ['redis://[::1]:6380', { host: '::1', port: 6380 }],
  ['redis://user:p%40ss@redis', { host: 'redis', username: 'user', password: 'p@ss' }],
  ['rediss://:key%3D@a.redis.cache.windows.net', { host: 'a.redis.cache.windows.net', password: 'key=', tls: true }],
])('reads %s', (url, address) => {
  expect(addressOfUrl(url)).toEqual({ port: 6379, tls: false, ...address });
});

it.each([
  'redis:6379',
  'http://redis',
  'redis://',
  'redis://a%20b:1',
  'redis://a..b',
  'redis://redis:0',
  'redis://redis:99999',
  'redis://redis/database',
  'redis://redis/12345',
  'redis://redis?family=6',
  'redis://:hunter2%@redis',
  'redis://:hunter2@redis:0',
])('refuses %s without showing it', (url) => {
  expect(() => addressOfUrl(url)).toThrow(/^(is not a redis|names no valid (host|port)|has more behind)[^2]*$/);
});

it.each([
  ['cache', 'cache', 6379],
  ['cache:7000', 'cache', 7000],
  ['::1', '::1', 6379],
  ['[::1]:65535', '::1', 65535],
])('reads the host %s', (text, host, port) => {
  expect(addressOfHost(text)).toEqual({ host, port });
});

it.each([':6379', 'redis:', 'redis:0', 'redis:6379:1', '[::1', '[redis]:6379', 'a..b', 'two words'])(
  'refuses the host %j',
  (text) => {
    expect(() => addressOfHost(text)).toThrow(/^names no valid (host|port)/);
  },
);

it('names the setting of a wrong URL, and only of a wrong one', () => {
  const faultOf = (url: string) => redisUrlRule({ REDIS_URL: new Secret(url) });
  expect([redisUrlRule({}), faultOf('rediss://redis')]).toEqual([undefined, undefined]);
  expect(faultOf('redis://redis:0')).toEqual({ name: 'REDIS_URL', fault: expect.stringContaining('no valid port') });
});
