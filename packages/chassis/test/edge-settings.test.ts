import { expect, test } from 'vitest';
import { commonRules } from '../src/common-settings.ts';
import type { Environment } from '../src/environment.ts';
import { defineSettings, readSettings } from '../src/settings.ts';

const Settings = defineSettings({});
const read = (env: Environment) => readSettings(Settings, { AUTH: 'none', ...env }, commonRules).settings;

test('nothing stands in front by default', () => {
  expect(read({})).toMatchObject({ TRUSTED_PROXY_HOPS: 0 });
  expect(read({})).not.toHaveProperty('FRONT_DOOR_ID');
});

test('proxies are a list of addresses and ranges', () => {
  const list = '10.0.0.0/8, 192.0.2.1,fd00::/8,::1';
  expect(read({ TRUSTED_PROXIES: list }).TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '::1']);
});

test.each([
  ['10.0.0.0/33', 'such addresses have 32 bits'],
  ['fd00::/129', 'such addresses have 128 bits'],
  ['10.0.0/8', 'which is no address or CIDR range'],
  ['10.0.0.0/', 'which is no address or CIDR range'],
  ['10.0.0.0/8/8', 'which is no address or CIDR range'],
  ['gateway.example', 'which is no address or CIDR range'],
  ['loopback', 'which is no address or CIDR range'],
  ['true', 'which is no address or CIDR range'],
  ['0.0.0.0/0', 'which would trust everybody'],
  ['::/0', 'which would trust everybody'],
])('TRUSTED_PROXIES=%s is refused with an example', (TRUSTED_PROXIES, fault) => {
  expect(() => read({ TRUSTED_PROXIES })).toThrow(fault);
  expect(() => read({ TRUSTED_PROXIES })).toThrow('for example TRUSTED_PROXIES=10.0.0.0/8,fd00::/8');
});

test('proxies are counted or listed, not both', () => {
  expect(() => read({ TRUSTED_PROXIES: '10.0.0.0/8', TRUSTED_PROXY_HOPS: '1' })).toThrow(
    'TRUSTED_PROXIES is set beside TRUSTED_PROXY_HOPS: set one of them',
  );
});

test.each(['-1', '11', '1.5', 'true'])('TRUSTED_PROXY_HOPS=%s is refused', (TRUSTED_PROXY_HOPS) => {
  expect(() => read({ TRUSTED_PROXY_HOPS })).toThrow('TRUSTED_PROXY_HOPS ');
});

test.each(['my-front-door', '8d3b2c1a5e4f4a6b9c7d0e1f2a3b4c5d'])('FRONT_DOOR_ID=%s is refused', (FRONT_DOOR_ID) => {
  expect(() => read({ FRONT_DOOR_ID })).toThrow('FRONT_DOOR_ID ');
});

test.each(['FRONT_DOOR_ID', 'TRUSTED_PROXIES'])('an empty %s is refused, as it would let everybody in', (name) => {
  expect(() => read({ [name]: ' ' })).toThrow(`${name} is empty`);
});
