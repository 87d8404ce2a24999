import { readSettings } from '@seaworthy/chassis/settings';
import { expect, it } from 'vitest';
import { StackSettings } from '../../src/settings.ts';
import { renderOverview } from '../../src/terminal/overview.ts';

const { settings } = readSettings(StackSettings, { GATEWAY_PORT: '9080', EMULATOR_HTTP_PORT: '9444' });
const redis = { address: 'redis://127.0.0.1:7000', title: 'redis-server 7', publishCommand: 'redis-cli PUBLISH' };
const facts = { settings, redis, database: 'an embedded Postgres', subscriptionId: 'sub-1' };

it('the overview names every address with what it is, and commands for each part', () => {
  const text = renderOverview({ ...facts, tokens: 'emulated' });
  for (const port of [8081, 8082, 8083, 9080, 9444]) expect(text).toContain(`http://localhost:${port}`);
  expect(text).toMatch(/^redis +redis:\/\/127.0.0.1:7000 +redis-server 7$/m);
  expect(text).toMatch(/^users .*an embedded Postgres$/m);
  expect(text).toContain('curl http://localhost:9080/groupz');
  expect(text).toContain('localhost:9444/_emulator/subscriptions/sub-1/resourcegroups/rg-new');
  expect(text).toContain(`-d '{"email":"ada@example.com","displayName":"Ada"}'`);
  expect(text).toContain('http://localhost:9080/?channel=device01 in a browser, then: redis-cli PUBLISH');
});

it('the overview says in one line how to get a token, and sends it, where users takes those of the emulator', () => {
  const text = renderOverview({ ...facts, tokens: 'emulated' });
  expect(text).toMatch(/^ +TOKEN=\$\(curl -s localhost:9444\/_emulator\/access-token\)$/m);
  expect(text).toMatch(/^ +curl http:\/\/localhost:9080\/users -H "Authorization: Bearer \$TOKEN" /m);
  expect(renderOverview({ ...facts, tokens: 'other' })).not.toContain('TOKEN');
});
