import { join } from 'node:path';
import { type BareServer, startBareServer } from './cluster/bare-server.ts';
import { reconcile } from './cluster/flux-trial.ts';
import { Unbuildable } from './cluster/go-programs.ts';
import { type Kubectl, kubectlIsHere, kubectlOf } from './cluster/kubectl.ts';
import { applyRoot, installDefinitions, type Trial, trySamples, untilInForce } from './cluster/trial.ts';
import { findKustomize, render } from './kustomize.ts';
import { judgeOf } from './policy/evaluate.ts';
import { readRules } from './policy/rule.ts';
import { samplesOf } from './policy/samples.ts';
import { findRoots } from './roots.ts';

const usage = `Applies deploy/ to a real API server, with the policies in force, and tries every sample.

  pnpm verify:cluster                    a bare kube-apiserver 1.36, built by Go; nothing runs in it
  KUBECONFIG=… pnpm verify:cluster       that cluster (kind, k3d, AKS): deploy/clusters/local is applied, and waited for`;

const exitCodes = { passed: 0, failed: 1, impossible: 75 };
const repository = join(import.meta.dirname, '../../..');
/** Two forms of the same policies cannot be in force at once; constraints are kinds that Gatekeeper makes. */
const needsMore = /^deploy\/policy\/(?:audit|gatekeeper\/(?:deny|audit))$/;
const [local, policies] = ['deploy/clusters/local', 'deploy/policy/deny'];
const given = process.env['KUBECONFIG'];

if (process.argv.includes('--help')) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  if (!kubectlIsHere()) return impossible('kubectl is not on this machine');
  if (given) return verify(kubectlOf(given), []);
  const roots = findRoots(repository).filter((root) => !needsMore.test(root));
  // The namespace of the Flux objects comes with their sources.
  roots.sort((a, b) => Number(b.startsWith('deploy/flux/')) - Number(a.startsWith('deploy/flux/')));
  try {
    const applied = await onBareServer((server) => verify(kubectlOf(server.kubeconfig), roots));
    const reconciled = await onBareServer(reconcileStaging);
    return Math.max(applied, reconciled);
  } catch (error) {
    if (!(error instanceof Unbuildable)) throw error;
    return impossible(`there is no KUBECONFIG, and ${error.message}`);
  }
}

async function onBareServer(act: (server: BareServer) => Promise<number>): Promise<number> {
  const server = await startBareServer();
  try {
    return await act(server);
  } finally {
    await server.stop();
  }
}

/** From nothing but a source, Flux gets to everything that staging is. */
async function reconcileStaging({ kubeconfig }: BareServer): Promise<number> {
  const kustomize = findKustomize();
  if (!kustomize) return exitCodes.impossible;
  const kubectl = kubectlOf(kubeconfig);
  const rendered = (root: string) => render(kustomize, repository, root);
  const [source, cluster, apps] = await Promise.all(
    ['deploy/flux/git/staging', 'deploy/clusters/staging', 'deploy/services/staging'].map(rendered),
  );
  if (!source || !cluster || !apps) return exitCodes.failed;
  const faults = await installDefinitions(
    kubectl,
    [...source, ...cluster, ...apps].map(({ object }) => object),
  );
  faults.push(...(await reconcile({ repository, kubeconfig, kubectl, source, apps })));
  for (const fault of faults) console.error(fault);
  console.log(`kustomize-controller applied ${apps.length} objects of staging: ${faults.length} faults`);
  return faults.length === 0 ? exitCodes.passed : exitCodes.failed;
}

/** The policies early, as Flux has them: all that follows has to pass them. */
async function verify(kubectl: Kubectl, roots: readonly string[]): Promise<number> {
  const kustomize = findKustomize();
  if (!kustomize) return impossible('neither kustomize nor kubectl is on this machine');
  // The namespace comes with the first, which is then tried once more with the policies in force.
  const order = [local, policies, local, ...roots.filter((root) => root !== local && root !== policies)];
  const all = await Promise.all(order.map((root) => render(kustomize, repository, root)));
  const trials = trialsOf();
  const objects = [...all.flat(), ...trials].map(({ object }) => object);
  const faults = await installDefinitions(kubectl, objects);
  for (const [index, root] of order.entries()) {
    faults.push(...(await applyRoot(kubectl, root, all[index] ?? [])));
    if (root === policies) await untilInForce(kubectl, trials);
  }
  faults.push(...(await trySamples(kubectl, trials)), ...(await rolledOut(kubectl)));
  for (const fault of faults) console.error(fault);
  console.log(`${all.flat().length} objects applied, ${trials.length} samples tried: ${faults.length} faults`);
  return faults.length === 0 ? exitCodes.passed : exitCodes.failed;
}

function trialsOf(): Trial[] {
  const judges = readRules(repository).map((rule) => ({ rule, judge: judgeOf(rule) }));
  return judges.flatMap(({ rule: own }) =>
    samplesOf(repository, own).map((sample) => {
      const refusing = judges.filter(({ judge }) => judge(sample.object)?.length).map(({ rule }) => rule.name);
      return { ...sample, rules: sample.isAllowed ? [own.name] : refusing };
    }),
  );
}

/** What should be running is: asked only where there are nodes. */
async function rolledOut(kubectl: Kubectl): Promise<string[]> {
  const { text } = await kubectl(['get', 'nodes', '-o', 'name']);
  if (!text.includes('node/')) {
    console.log('no nodes: nothing is waited for');
    return [];
  }
  const kinds = 'deployments,statefulsets';
  const { text: names } = await kubectl(['get', kinds, '-n', 'seaworthy', '-o', 'name']);
  const faults: string[] = [];
  for (const name of names.split('\n').filter(Boolean)) {
    const answer = await kubectl(['rollout', 'status', name, '-n', 'seaworthy', '--timeout=300s']);
    if (!answer.ok) faults.push(`${name}: ${answer.text.trim()}`);
  }
  return faults;
}

function impossible(why: string): number {
  console.error(`NOT RUN: ${why}`);
  return exitCodes.impossible;
}
