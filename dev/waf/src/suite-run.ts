import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the suites are told, as JSON in `WAF_ADDRESSES`. */
export interface Addresses {
  /** The program itself. */
  direct: string;
  /** The firewall in front of it. */
  firewall: string;
  /** A firewall that does not read the bodies of `+json` types. */
  blindFirewall: string;
  /** The file that tells what the rules of `firewall` found. */
  log: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    addresses: Addresses;
  }
}

interface SuiteRun {
  addresses: Addresses;
  env: NodeJS.ProcessEnv;
  /** Ends the run. */
  signal: AbortSignal;
}

/**
 * Runs every suite and answers whether all tests passed. In a process of its own: vitest ends the one that it is in
 * when it is interrupted, and what was started must be taken down. @throws the reason of `signal` once it is aborted
 */
export async function runSuites({ addresses, env, signal }: SuiteRun): Promise<boolean> {
  signal.throwIfAborted();
  const folder = resolve(import.meta.dirname, '..');
  const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
  const child = spawn(process.execPath, [vitest, 'run', '--root', folder], {
    env: { ...env, WAF_ADDRESSES: JSON.stringify(addresses) },
    stdio: 'inherit',
  });
  const stop = () => void child.kill();
  signal.addEventListener('abort', stop);
  const [code] = await once(child, 'close');
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return code === 0;
}
