import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { exitOf, serving, settings, start } from './pizza-process.ts';
import { openConnection } from './raw-client.ts';

test('exit code 78 and one message when settings are wrong', async () => {
  const { child, text } = start({ PORT: 'abc' });
  expect(await exitOf(child)).toBe(78);
  expect(text()).toMatch(/^pizza cannot start\. 4 settings are wrong:\n/);
  expect(text()).not.toMatch(/\bat .*\.ts:\d+/);
});

test('exit code 1 and a plain sentence when the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const { child, text } = start({ ...settings, PORT: String(port) });
  expect(await exitOf(child)).toBe(1);
  expect(text()).toContain(`port ${port} on 127.0.0.1 is taken`);
  expect(text()).toContain('oven is off');
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'exit code 0 on %s, after the request in flight was answered',
  async (signal) => {
    const { child, url, wait, text } = await serving();
    const answer = fetch(`${url}/slow`);
    await wait('baking');
    child.kill(signal);
    child.kill('SIGINT'); // a second signal changes nothing
    expect(await (await answer).json()).toEqual({ baked: true });
    expect(await exitOf(child)).toBe(0);
    expect(text()).toContain('oven is off');
  },
);

test('exit code 3 at once on a second SIGTERM', async () => {
  const { child, wait } = await serving({ ...settings, SHUTDOWN_DELAY_SECONDS: '30' });
  child.kill('SIGTERM');
  await wait('stopping');
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(3);
});

test('exit code 3 when the request in flight outlives the deadline', async () => {
  const { child, url, wait } = await serving({ ...settings, DRAIN_SECONDS: '0.05' });
  const answer = fetch(`${url}/slow`).catch(() => 'cut off');
  await wait('baking');
  child.kill('SIGTERM');
  expect(await answer).toBe('cut off');
  expect(await exitOf(child)).toBe(3);
});

test('readiness fails during the pause while requests are still served', async () => {
  const { child, url, wait } = await serving({ ...settings, SHUTDOWN_DELAY_SECONDS: '30' });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  await wait('stopping');
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  expect((await fetch(`${url}/pizzas/a`)).status).toBe(200);
});

test('403 for whatever does not come through the door that the settings name', async () => {
  const id = '8d3b2c1a-5e4f-4a6b-9c7d-0e1f2a3b4c5d';
  const { url } = await serving({ ...settings, FRONT_DOOR_ID: id });
  expect((await fetch(`${url}/livez`)).status).toBe(403);
  expect((await fetch(`${url}/livez`, { headers: { 'x-azure-fdid': id } })).status).toBe(200);
});

test('exit code 1 after a bug that nobody caught, with the parts closed', async () => {
  const { child, url, text } = await serving();
  await fetch(`${url}/crash`);
  expect(await exitOf(child)).toBe(1);
  expect(text()).toMatch(/nobody awaits this[\s\S]*oven is off/);
});

function loseOutput({ stdout, stderr }: ReturnType<typeof start>['child']): void {
  stdout.destroy();
  stderr.destroy();
}

test('exit code 1 when the start fails and nobody reads the output', async () => {
  const { child } = start(settings, 'broken-main.ts');
  loseOutput(child);
  expect(await exitOf(child)).toBe(1);
});

test('exit code 78 when settings are wrong and nobody reads the output', async () => {
  const { child } = start({ PORT: 'abc' });
  loseOutput(child);
  expect(await exitOf(child)).toBe(78);
});

test('a service that lost the reader of its output serves, and stops on SIGTERM with exit code 0', async () => {
  const { child, url } = await serving();
  loseOutput(child);
  for (const _ of [1, 2, 3]) expect((await fetch(`${url}/burnt`)).status).toBe(500);
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
});

test('exit code 1 after a bug in a service that lost the reader of its output', async () => {
  const { child, url } = await serving();
  loseOutput(child);
  await fetch(`${url}/crash`);
  expect(await exitOf(child)).toBe(1);
});

test('a service whose output is not read any more serves, and ends on SIGTERM', async () => {
  const { child, url } = await serving();
  child.stdout.pause();
  const burn = async () => expect((await fetch(`${url}/burnt?${'x'.repeat(8000)}`)).status).toBe(500);
  for (let count = 0; count < 100; count += 1) await burn();
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('exit code 0 though a client has sent half a header', async () => {
  const { child, url } = await serving({ ...settings, DRAIN_SECONDS: '2' });
  const { send, ended } = await openConnection(Number(new URL(url).port));
  await send('GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /livez HTTP/1.1\r\nHo');
  child.kill('SIGTERM');
  await ended;
  expect(await exitOf(child)).toBe(0);
});
