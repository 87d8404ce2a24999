import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Rendered } from '../manifest.ts';
import { buildPrograms } from './go-programs.ts';
import type { Kubectl } from './kubectl.ts';
import { applyRoot } from './trial.ts';

const namespace = 'seaworthy-config';

interface FluxTrial {
  repository: string;
  kubeconfig: string;
  kubectl: Kubectl;
  /** A root of flux/, and what its last link applies. */
  source: readonly Rendered[];
  apps: readonly Rendered[];
}

/**
 * Lets Flux's own kustomize-controller reconcile an environment from a local copy of deploy/. The source controller's
 * part, an artifact and the word that it is ready, is played here. Without nodes `apps` gets applied and never ready.
 */
export async function reconcile({ repository, kubeconfig, kubectl, source, apps }: FluxTrial): Promise<string[]> {
  const folder = buildPrograms('flux', ['github.com/fluxcd/kustomize-controller']);
  const artifact = join(folder, 'artifact.tar.gz');
  execFileSync('tar', ['-czf', artifact, '--exclude=deploy/test', 'deploy'], { cwd: repository });
  const content = readFileSync(artifact);
  const server = createServer((_, response) => response.end(content)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const faults = await applyRoot(kubectl, 'flux', source);
  await kubectl([
    'patch',
    'gitrepository',
    'seaworthy',
    '-n',
    namespace,
    '--subresource=status',
    '--type=merge',
    '-p',
    storedAt(port, content),
  ]);
  const controller = startController(folder, kubeconfig);
  try {
    faults.push(...(await untilApplied(kubectl, apps)));
    if (faults.length > 0) faults.push(...told(join(folder, 'controller.log')));
    return faults;
  } finally {
    const gone = once(controller, 'exit');
    controller.kill('SIGKILL');
    await gone;
    server.close();
    rmSync(folder, { recursive: true });
  }
}

function storedAt(port: number, content: Buffer): string {
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const artifact = {
    url: `http://127.0.0.1:${port}/artifact.tar.gz`,
    path: 'artifact.tar.gz',
    revision: `main@sha1:${'0'.repeat(40)}`,
    digest: `sha256:${createHash('sha256').update(content).digest('hex')}`,
    lastUpdateTime: now,
    size: content.length,
  };
  const ready = { type: 'Ready', status: 'True', reason: 'Succeeded', message: 'stored', lastTransitionTime: now };
  return JSON.stringify({ status: { artifact, conditions: [ready], observedGeneration: 1 } });
}

function startController(folder: string, kubeconfig: string): ChildProcess {
  const program = join(folder, 'kustomize-controller');
  const log = openSync(join(folder, 'controller.log'), 'w');
  const options = ['--enable-leader-election=false', '--metrics-addr=127.0.0.1:0', '--health-addr=127.0.0.1:0'];
  // As the AKS extension runs it, but for the waits.
  const asOnAks = ['--no-cross-namespace-refs', '--no-remote-bases', '--default-service-account=flux-applier'];
  return spawn(program, [...options, ...asOnAks, '--requeue-dependency=1s'], {
    env: { ...process.env, KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: namespace },
    stdio: ['ignore', log, log],
  });
}

async function untilApplied(kubectl: Kubectl, apps: readonly Rendered[]): Promise<string[]> {
  const wanted = apps.map(({ object }) => `${object.kind} ${object.metadata.name}`);
  let missing = wanted;
  for (let attempt = 0; attempt < 90 && missing.length > 0; attempt++) {
    await wait(1000);
    const { text } = await kubectl([
      'get',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      'apps',
      '-n',
      namespace,
      '-o',
      'json',
    ]);
    const entries: { id: string }[] = text.startsWith('{') ? (JSON.parse(text).status?.inventory?.entries ?? []) : [];
    const applied = entries.map(({ id }) => id.split('_'));
    missing = wanted.filter((each) => !applied.some(([, name, , kind]) => each === `${kind} ${name}`));
  }
  const { text } = await kubectl([
    'get',
    'kustomizations.kustomize.toolkit.fluxcd.io',
    '-n',
    namespace,
    '--no-headers',
  ]);
  const unready = ['infrastructure', 'policies'].filter((name) => !new RegExp(`^${name} +\\S+ +True`, 'm').test(text));
  return [
    ...unready.map((name) => `flux: ${name} did not get ready`),
    ...missing.map((name) => `flux: ${name} was not applied`),
  ];
}

function told(log: string): string[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"level":"error"'))
    .slice(-5);
}
