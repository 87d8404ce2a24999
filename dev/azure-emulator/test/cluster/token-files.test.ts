import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTokenFiles, tokenFilePath } from '../../src/cluster/token-files.ts';
import { createSigningKey } from '../../src/keys.ts';
import { createServiceAccountIssuer } from '../../src/service-accounts.ts';

const account = { namespace: 'seaworthy', name: 'groupz' };
const key = await createSigningKey();

function setUp() {
  let now = 1_700_000_000_000;
  const directory = mkdtempSync(join(tmpdir(), 'token-files-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const clock = () => now;
  const cluster = createServiceAccountIssuer('https://cluster.example/', key, clock);
  const files = createTokenFiles({ directory, accounts: [account], cluster, clock });
  const file = tokenFilePath(directory, account);
  const pass = (seconds: number) => {
    now += seconds * 1000;
  };
  return { files, file, pass, read: () => readFileSync(file, 'utf8') };
}

describe('a token file', () => {
  it('holds a projected token that lasts an hour', async () => {
    const { files, read } = setUp();
    await files.refresh();
    const { iat = 0, exp, ...claims } = decodeJwt(read());
    expect(exp).toBe(iat + 3600);
    expect(claims).toMatchObject({
      iss: 'https://cluster.example/',
      sub: 'system:serviceaccount:seaworthy:groupz',
      aud: ['api://AzureADTokenExchange'],
      'kubernetes.io': { namespace: 'seaworthy', serviceaccount: { name: 'groupz' } },
    });
  });

  it('stays until 80 % of its life has passed', async () => {
    const { files, pass, read } = setUp();
    await files.refresh();
    const first = read();
    pass(2879);
    await files.refresh();
    expect(read()).toBe(first);
  });

  it('is replaced then, by one with a whole hour', async () => {
    const { files, pass, read } = setUp();
    await files.refresh();
    const first = decodeJwt(read()).exp ?? 0;
    pass(2880);
    await files.refresh();
    expect(decodeJwt(read()).exp).toBe(first + 2880);
  });

  it('is replaced by a rename, is readable by its owner only, and leaves no draft', async () => {
    const { files, file, pass } = setUp();
    await files.refresh();
    const before = statSync(file);
    pass(2880);
    await files.refresh();
    expect(statSync(file).ino).not.toBe(before.ino);
    expect(before.mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(['groupz']);
  });
});
