import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { ARM_SCOPE, clientIds, tenantId } from './calls.ts';

const OUTPUT_DIR = mkdtempSync(join(tmpdir(), 'emulator-main-'));
afterAll(() => rmSync(OUTPUT_DIR, { recursive: true }));

/** A child process on a busy machine takes its time. */
const WITHIN = { timeout: 10_000 };

type Line = { msg: string; httpUrl: string; httpsUrl: string; path?: string };

function run(env: Record<string, string>): ChildProcess {
  const ports = { HTTPS_PORT: '0', HTTP_PORT: '0', OUTPUT_DIR };
  return spawn(process.execPath, [resolve(import.meta.dirname, '../src/main.ts')], { env: { ...ports, ...env } });
}

async function failure(env: Record<string, string>): Promise<[code: number, message: string]> {
  const child = run(env);
  const message = child.stderr ? text(child.stderr) : Promise.resolve('');
  const [code] = await once(child, 'close');
  return [code, await message];
}

async function ready(child: ChildProcess): Promise<{ lines: Line[]; line: Line }> {
  if (!child.stdout) throw new Error('no stdout');
  const lines: Line[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(JSON.parse(line)));
  await once(output, 'line');
  const [line] = lines;
  if (!line) throw new Error('no line');
  return { lines, line };
}

describe('the program', () => {
  it.for(['SIGTERM', 'SIGINT'] as const)('says where it is, and exits 0 on %s', async (signal) => {
    const child = run({});
    const { line } = await ready(child);
    expect(line).toMatchObject({ msg: 'emulator ready', httpsUrl: expect.stringMatching(/^https:\/\/127/) });
    expect(existsSync(join(OUTPUT_DIR, 'tokens/seaworthy/groupz'))).toBe(true);
    child.kill(signal);
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('logs one line a request, without the query', async () => {
    const child = run({});
    const { lines, line } = await ready(child);
    await fetch(`${line.httpUrl}/metadata/identity/oauth2/token?resource=secret`);
    await expect.poll(() => lines.length, WITHIN).toBe(2);
    child.kill();
    expect(lines[1]).toMatchObject({ method: 'GET', path: '/metadata/identity/oauth2/token', status: 400 });
    expect(JSON.stringify(lines[1])).not.toContain('secret');
  });

  it('is trusted by a process with NODE_EXTRA_CA_CERTS, which needs only the injected variables', async () => {
    const child = run({});
    const { line } = await ready(child);
    const script = `import { WorkloadIdentityCredential } from '@azure/identity';
      const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: true });
      console.log((await credential.getToken('${ARM_SCOPE}')).token.length > 100);`;
    const env = {
      NODE_EXTRA_CA_CERTS: join(OUTPUT_DIR, 'ca.pem'),
      AZURE_AUTHORITY_HOST: `${line.httpsUrl}/`,
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientIds.groupz,
      AZURE_FEDERATED_TOKEN_FILE: join(OUTPUT_DIR, 'tokens/seaworthy/groupz'),
    };
    const options = { env, cwd: import.meta.dirname };
    const user = spawn(process.execPath, ['--input-type=module', '-e', script], options);
    expect(await text(user.stdout)).toBe('true\n');
    child.kill();
  });

  it('exits 78 and names every bad setting', async () => {
    const [code, message] = await failure({ HTTPS_PORT: 'x', PAGE_SIZE: '0' });
    expect(code).toBe(78);
    expect(message).toBe('Bad settings: HTTPS_PORT must be integer; PAGE_SIZE must be >= 1\n');
  });

  it('exits 78 when the seed is not there', async () => {
    const [code, message] = await failure({ STATE_FILE: '/absent.json' });
    expect(code).toBe(78);
    expect(message).toMatch(/^\/absent\.json: ENOENT.*\n$/);
  });

  it('exits 1 and names the port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const [code, message] = await failure({ HTTP_PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(message).toBe(`Port ${port} of 127.0.0.1 is taken by another program.\n`);
  });
});
