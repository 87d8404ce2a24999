import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import request from 'supertest';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../src/emulator.ts';

const WITHIN = { timeout: 10_000 };

async function started<Result>(
  options: EmulatorOptions,
  use: (emulator: Emulator) => Promise<Result>,
): Promise<Result> {
  const emulator = await startEmulator(options);
  try {
    return await use(emulator);
  } finally {
    await emulator.close();
  }
}

describe('an emulator', () => {
  it('writes its authority and a token for every federated service account', async () => {
    await started({}, async ({ caFile, ca, tokenFile }) => {
      expect(readFileSync(caFile, 'utf8')).toBe(ca);
      expect(rootCertificates).not.toContain(ca);
      for (const name of ['groupz', 'users', 'realtime']) expect(existsSync(tokenFile('seaworthy', name))).toBe(true);
    });
  });

  it('removes its temporary directory, and may be closed twice', async () => {
    const emulator = await startEmulator();
    await Promise.all([emulator.close(), emulator.close()]);
    await emulator.close();
    expect(existsSync(emulator.caFile)).toBe(false);
  });

  it('rewrites the token files while it runs', async () => {
    let lead = 0;
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await started({ clock: () => Date.now() + lead }, async ({ tokenFile }) => {
      const read = () => readFileSync(tokenFile('seaworthy', 'groupz'), 'utf8');
      const first = read();
      lead = 2_880_000;
      vi.advanceTimersByTime(30_000);
      await expect.poll(read, WITHIN).not.toBe(first);
    });
  });

  it('keeps a directory it was given', async () => {
    const outputDir = mkdtempSync(join(tmpdir(), 'emulator-output-'));
    onTestFinished(() => rmSync(outputDir, { recursive: true }));
    const caFile = await started({ outputDir }, async (emulator) => emulator.caFile);
    expect(caFile).toBe(join(outputDir, 'ca.pem'));
    expect(existsSync(caFile)).toBe(true);
  });

  it('fills the address of the cluster issuer into the seed', async () => {
    await started({}, async ({ seed, httpsUrl }) => {
      expect(seed.applications[0]?.federatedCredentials[0]?.issuer).toBe(`${httpsUrl}/cluster/`);
    });
  });

  it('listens on IPv6 as well', async () => {
    const httpUrl = await started({ host: '::1' }, async (emulator) => {
      expect((await fetch(`${emulator.httpUrl}/_emulator/ready`)).status).toBe(200);
      return emulator.httpUrl;
    });
    expect(httpUrl).toMatch(/^http:\/\/\[::1\]:\d+$/);
  });

  it('closes at once while a delayed request is waiting', async () => {
    const { httpUrl, close } = await startEmulator();
    const fault = { match: { target: 'imds' }, kind: 'delay', milliseconds: 60_000 };
    await request(httpUrl).post('/_emulator/faults').send(fault);
    const waiting = fetch(`${httpUrl}/metadata/identity/oauth2/token`).catch((error: Error) => error.message);
    const hits = async () => (await request(httpUrl).get('/_emulator/faults')).body.value[0].hits;
    await expect.poll(hits, WITHIN).toBe(1);
    await close();
    expect(await waiting).toBe('fetch failed');
  });

  it('leaves nothing listening when its second port is taken', async () => {
    await started({}, async ({ httpUrl }) => {
      const httpPort = Number(new URL(httpUrl).port);
      await expect(startEmulator({ httpPort })).rejects.toMatchObject({ code: 'EADDRINUSE', port: httpPort });
    });
  });
});
