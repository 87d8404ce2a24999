import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildPrograms } from './go-programs.ts';
import { kubectlOf } from './kubectl.ts';

/** An API server with nothing behind it: everything is checked and kept, and nothing runs. */
export interface BareServer {
  kubeconfig: string;
  stop(): Promise<void>;
}

/**
 * Builds kube-apiserver and etcd from their Go modules, for minutes the first time, and starts them on free ports.
 * @throws Unbuildable where Go cannot; Error where it does not get ready
 */
export async function startBareServer(): Promise<BareServer> {
  const programs = ['k8s.io/kubernetes/cmd/kube-apiserver', 'go.etcd.io/etcd/server/v3'];
  const folder = buildPrograms('api-server', programs);
  const [clients, peers, port] = await Promise.all([freePort(), freePort(), freePort()]);
  const etcd = start(folder, 'server', etcdOptions(folder, clients, peers));
  const token = randomBytes(16).toString('hex');
  const api = start(folder, 'kube-apiserver', apiOptions(folder, { clients, port, token }));
  const kubeconfig = writeKubeconfig(folder, { port, token });
  const server = {
    kubeconfig,
    async stop() {
      for (const child of [api, etcd]) await end(child);
      rmSync(folder, { recursive: true });
    },
  };
  try {
    await untilReady(kubeconfig, api);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function etcdOptions(folder: string, clients: number, peers: number): string[] {
  const [client, peer] = [`http://127.0.0.1:${clients}`, `http://127.0.0.1:${peers}`];
  return [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--listen-client-urls', client],
    ...['--advertise-client-urls', client, '--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
    ...['--initial-cluster', `default=${peer}`],
  ];
}

function apiOptions(
  folder: string,
  { clients, port, token }: { clients: number; port: number; token: string },
): string[] {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = join(folder, 'accounts.key');
  writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${token},verify,verify,system:masters\n`, { mode: 0o600 });
  return [
    ...['--etcd-servers', `http://127.0.0.1:${clients}`, '--bind-address', '127.0.0.1', '--secure-port', String(port)],
    ...['--advertise-address', '127.0.0.1', '--cert-dir', join(folder, 'certificates'), '--token-auth-file', tokens],
    ...['--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', key],
    ...['--service-account-signing-key-file', key, '--service-cluster-ip-range', '10.0.0.0/24'],
    // Whoever may be privileged, the policies say; accounts would need a controller that makes their tokens.
    ...['--authorization-mode', 'RBAC', '--allow-privileged', '--disable-admission-plugins', 'ServiceAccount'],
  ];
}

function start(folder: string, program: string, options: readonly string[]): ChildProcess {
  const log = openSync(join(folder, `${program}.log`), 'w');
  return spawn(join(folder, program), options, { stdio: ['ignore', log, log] });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  // It would wait a minute for those who watch.
  child.kill('SIGKILL');
  await gone;
}

function writeKubeconfig(folder: string, { port, token }: { port: number; token: string }): string {
  const path = join(folder, 'kubeconfig');
  const cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'bare', cluster }],
    users: [{ name: 'verify', user: { token } }],
    contexts: [{ name: 'bare', context: { cluster: 'bare', user: 'verify' } }],
    'current-context': 'bare',
  };
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return path;
}

async function untilReady(kubeconfig: string, api: ChildProcess): Promise<void> {
  const kubectl = kubectlOf(kubeconfig);
  for (let attempt = 0; attempt < 120; attempt++) {
    if (api.exitCode !== null) throw new Error(`kube-apiserver ended with ${api.exitCode}`);
    const { ok } = await kubectl(['get', '--raw', '/readyz']);
    if (ok) return;
    await wait(500);
  }
  throw new Error('kube-apiserver did not get ready within a minute');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
