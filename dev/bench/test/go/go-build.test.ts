import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { buildGo } from '../../src/go/go-build.ts';

/** A compiler that is a script, as there may be no Go here. */
function build(script: string) {
  const directory = mkdtempSync(join(tmpdir(), 'go-build-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const go = join(directory, 'go');
  writeFileSync(go, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { signal } = new AbortController();
  return { directory, done: buildGo({ source: 'server.go', directory, signal, go }) };
}

it('names the program that was built', async () => {
  const { directory, done } = build('[ "$1 $2 $4" = "build -o server.go" ]');
  expect(await done).toBe(join(directory, 'go-server'));
});

it('fails with what the compiler said', async () => {
  await expect(build('echo undefined: pizza >&2; exit 1').done).rejects.toThrow(
    'go build ended with 1: undefined: pizza',
  );
});

it('is nothing where there is no Go', async () => {
  const { signal } = new AbortController();
  expect(await buildGo({ source: 'a.go', directory: '/tmp', signal, go: '/nowhere/go' })).toBeUndefined();
});
