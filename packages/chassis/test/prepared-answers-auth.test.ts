import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('prepared-main.ts', import.meta.url));
const jwt = { AUTH: 'jwt', AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'api://menu' };

/** Starts the service, and asks twice whether the router was passed. */
async function askTwice(auth: Record<string, string>): Promise<boolean[]> {
  const env = { HOST: '127.0.0.1', PORT: '0', ...auth };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes('Server listening')) break;
  }
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
  const routed = async () => (await fetch(`${url}/menu`)).headers.has('x-routed');
  return [await routed(), await routed()];
}

test('where anybody may call, a prepared answer goes out without the router', async () => {
  expect(await askTwice({ AUTH: 'none' })).toEqual([true, false]);
});

test('where callers show tokens, every request passes the router, which asks for them', async () => {
  expect(await askTwice(jwt)).toEqual([true, true]);
});
