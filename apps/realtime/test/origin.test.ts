import { expect, it } from 'vitest';
import { checkOrigin } from '../src/origin.ts';
import { startService } from './service.ts';
import { tryUpgrade, upgradeStatus } from './upgrade.ts';

it.each([
  ['no Origin', { host: 'realtime:8080' }, []],
  ['the same host', { host: 'localhost:8080', origin: 'http://localhost:8080' }, []],
  [
    'the host that a gateway forwards',
    { host: 'realtime:8080', 'x-forwarded-host': 'example.com', origin: 'https://example.com' },
    [],
  ],
  [
    'the first of several gateways',
    { host: 'x', 'x-forwarded-host': 'example.com, inner', origin: 'https://example.com' },
    [],
  ],
  ['the port that https implies', { host: 'example.com:443', origin: 'https://example.com' }, []],
  ['an IPv6 host', { host: '[::1]:8080', origin: 'http://[::1]:8080' }, []],
  ['another case', { host: 'EXAMPLE.com', origin: 'https://example.com' }, []],
  ['an origin of the list', { host: 'x', origin: 'https://a.example' }, ['https://b.example', 'https://a.example']],
  ['any origin', { host: 'x', origin: 'null' }, ['*']],
])('allows %s', (_what, headers, allowed) => {
  expect(() => checkOrigin(headers, allowed)).not.toThrow();
});

it.each([
  ['another host', { host: 'example.com', origin: 'https://evil.example' }, []],
  ['a longer host', { host: 'example.com', origin: 'https://example.com.evil.example' }, []],
  ['another port', { host: 'localhost:8080', origin: 'http://localhost:8081' }, []],
  ['no real origin', { host: 'example.com', origin: 'null' }, []],
  ['nothing', { host: '', origin: '' }, []],
  ['another scheme than the list', { host: 'x', origin: 'http://a.example' }, ['https://a.example']],
])('refuses %s', (_what, headers, allowed) => {
  expect(() => checkOrigin(headers, allowed)).toThrow('ALLOWED_ORIGINS');
});

it('403 for a page of another host, 101 for one of our own', async () => {
  const { url } = await startService();
  const refused = await tryUpgrade(`${url}/ws`, { origin: 'https://evil.example' });
  expect([refused.status, refused.body['type']]).toEqual([403, 'urn:seaworthy:problem:forbidden']);
  expect(await upgradeStatus(`${url}/ws`, { origin: url })).toBe(101);
});
