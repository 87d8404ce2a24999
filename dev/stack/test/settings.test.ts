import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkBeforeStart } from '../src/preflight.ts';
import { findFreePort } from '../src/tcp-ports.ts';

const names = [
  'GATEWAY_PORT',
  'GROUPZ_PORT',
  'REALTIME_PORT',
  'USERS_PORT',
  'EMULATOR_HTTPS_PORT',
  'EMULATOR_HTTP_PORT',
];

async function freePorts(): Promise<Record<string, string>> {
  const ports = new Set<number>();
  while (ports.size < names.length) ports.add(await findFreePort());
  return Object.fromEntries([...ports].map((port, index) => [names[index], `${port}`]));
}

function check(env: Record<string, string>, { args = [] as string[], nodeVersion = '26.10.0' } = {}) {
  return checkBeforeStart({ args, env, nodeVersion });
}

describe('settings', () => {
  it('are read from the environment', async () => {
    const env = await freePorts();
    const checked = await check({ ...env, REDIS_URL: 'redis://:secret@localhost' });
    expect(checked).toMatchObject({ settings: { GATEWAY_PORT: Number(env['GATEWAY_PORT']) }, remarks: [] });
  });

  it('that are wrong are told all at once, without secrets', async () => {
    const env = { GATEWAY_PORT: '0', USERS_PORT: 'x', GROUPZ_PORT: '9000', REALTIME_PORT: '9000', REDIS_URL: 'secret' };
    const checked = await check(env);
    expect(checked).toMatchObject({ exitCode: 78 });
    const { text } = checked as { text: string };
    for (const name of ['GATEWAY_PORT', 'USERS_PORT', 'REDIS_URL']) expect(text).toContain(name);
    expect(text).toContain('REALTIME_PORT is the same port as GROUPZ_PORT (9000)');
    expect(text).not.toContain('secret"');
  });

  it('that look misspelt are remarked on', async () => {
    const { remarks } = (await check({ ...(await freePorts()), GATEWAYPORT: '1', GATEWAY_PORT: '' })) as never;
    expect(remarks).toEqual(['GATEWAYPORT is not a setting: did you mean GATEWAY_PORT?']);
  });
});

describe('a port that is taken', () => {
  it.each(['127.0.0.1', '::1'])('on %s is told with its owner and its variable', async (host) => {
    const env = await freePorts();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(Number(env['USERS_PORT']), host, resolve));
    const text = `port ${env['USERS_PORT']} is taken, and users needs it: free it, or set USERS_PORT to another`;
    expect(await check(env)).toEqual({ exitCode: 1, text: `Nothing was started:\n  ${text}` });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('the command line', () => {
  it('--help tells every setting', async () => {
    const { exitCode, text } = (await check({}, { args: ['--help'] })) as { exitCode: number; text: string };
    expect(exitCode).toBe(0);
    for (const name of [...names, 'REDIS_URL', 'DATA_DIR', 'LOG_LEVEL']) expect(text).toContain(name);
  });

  it('refuses what it does not know', async () => {
    expect(await check({}, { args: ['--help', 'fast'] })).toEqual({
      exitCode: 78,
      text: 'unknown argument fast: only --help is understood',
    });
  });
});

describe('an older Node', () => {
  it('is remarked on, and a newer one is not', async () => {
    const env = await freePorts();
    expect(await check(env, { nodeVersion: '24.21.0' })).toMatchObject({
      remarks: [expect.stringContaining('24.21.0')],
    });
    expect(await check(env, { nodeVersion: '27.0.0' })).toMatchObject({ remarks: [] });
  });
});
