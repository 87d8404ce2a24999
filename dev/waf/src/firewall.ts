import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Installation } from './installation.ts';
import { logFile, nginxConfig, type Passage, rulesConfig } from './nginx-config.ts';

const nobody = 65534;

/** An nginx with ModSecurity and the Core Rule Set, blocking, in front of a program. */
export interface Firewall {
  /** By name: an address of digits has a score of its own (920350). */
  address: string;
  /** The file that tells what the rules found in requests. */
  log: string;
  stop(): Promise<void>;
}

/**
 * Starts a firewall in a folder of its own and waits until it listens.
 * @throws with what nginx said where it ends before
 */
export async function startFirewall(
  installation: Installation,
  { exclusions, ...passage }: Passage & { exclusions: string },
): Promise<Firewall> {
  const folder = await mkdtemp(join(tmpdir(), 'seaworthy-waf-'));
  await writeFile(join(folder, 'nginx.conf'), nginxConfig(installation, passage));
  await writeFile(join(folder, 'rules.conf'), rulesConfig(installation, folder));
  await writeFile(join(folder, 'exclusions.conf'), exclusions);
  const child = spawn(installation.nginx, ['-e', 'stderr', '-p', `${folder}/`, '-c', 'nginx.conf'], {
    ...(await unprivileged(folder)),
    cwd: folder, // where ModSecurity looks for its rules
    env: {},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: `http://localhost:${passage.port}`, log: join(folder, logFile), stop };
}

/** Root's nginx would hand its workers to a user of the system's choice: it runs as nobody, who owns the folder. */
async function unprivileged(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['.', ...(await readdir(folder))]) await chown(join(folder, name), nobody, nobody);
  return { uid: nobody, gid: nobody };
}

/** Workers are started once every rule is read and the port is open. */
async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  const stream = child.stderr?.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`nginx ended before it listened:\n${said}`)));
    stream?.on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000);
      if (said.includes('start worker process ')) resolve();
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
