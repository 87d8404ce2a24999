import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { openRealtime } from '@seaworthy/clients/realtime-client';
import { expect, test } from 'vitest';
import { outputPattern, readmeCommands } from './readme-commands.ts';
import { useStack } from './running-stack.ts';

const minutes = 60_000;
const shell = promisify(execFile);
const readme = await readFile(resolve(import.meta.dirname, '../../../README.md'), 'utf8');
const runnable = spawnSync('sh', ['-c', 'curl --version']).status === 0;
const running = useStack();

/** The same command for this stack, which has ports of its own. */
function here(command: string): string {
  const { GATEWAY_PORT, EMULATOR_HTTP_PORT } = running.stack.ports;
  return command
    .replaceAll('localhost:8080', `localhost:${GATEWAY_PORT}`)
    .replaceAll('localhost:8444', `localhost:${EMULATOR_HTTP_PORT}`)
    .replaceAll('connect(6379)', `connect(${new URL(running.stack.redisUrl).port})`);
}

test.skipIf(!runnable)(
  'every command of the README does what the README says (needs sh and curl)',
  { timeout: 2 * minutes },
  async () => {
    const commands = readmeCommands(readme);
    expect(commands.length).toBeGreaterThanOrEqual(6);
    const listener = await openRealtime(running.stack.gateway, { channels: ['device01'] });
    const variables: string[] = [];
    for (const { command, output } of commands) {
      const script = [...variables, here(command)].join('\n');
      const { stdout } = await shell('sh', ['-c', script], { timeout: minutes });
      // Each command has a shell of its own; what a person's shell would remember is said again.
      if (/^\w+=/.test(command)) variables.push(here(command));
      if (output) expect(stdout.trimEnd(), command).toMatch(outputPattern(output));
    }
    expect(await listener.next()).toBe('hello');
    await listener.close();
  },
);

test('a README command with other output than it shows is noticed', () => {
  const [command] = readmeCommands('```console\n$ echo 1\n{"id":"00000000-0000-0000-0000-000000000000","n":…}\n```\n');
  expect(command).toMatchObject({ command: 'echo 1' });
  expect('{"id":"11111111-2222-3333-4444-555555555555","n":7}').toMatch(outputPattern(command?.output ?? ''));
  expect('{"id":"nonsense","n":7}').not.toMatch(outputPattern(command?.output ?? ''));
});
