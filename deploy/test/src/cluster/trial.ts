import { setTimeout as wait } from 'node:timers/promises';
import type { Manifest, Rendered } from '../manifest.ts';
import type { Sample } from '../policy/samples.ts';
import { readCustomDefinitions } from '../schema/kinds.ts';
import { apply, type Kubectl } from './kubectl.ts';

/** Installs the definitions of the groups of custom kinds among `objects` that the cluster does not have yet. */
export async function installDefinitions(kubectl: Kubectl, objects: readonly Manifest[]): Promise<string[]> {
  const needed = new Set(objects.map(({ apiVersion }) => apiVersion.split('/')[0]));
  const { text } = await kubectl(['get', 'customresourcedefinitions', '-o', 'name']);
  const missing = readCustomDefinitions().filter(
    ({ metadata, spec }) => needed.has(spec.group) && !text.includes(`/${metadata.name}`),
  );
  if (missing.length === 0) return [];
  const definitions = missing.map(({ source: _, ...definition }) => definition);
  const { ok, text: answer } = await apply(kubectl, definitions);
  const names = missing.map(({ metadata }) => `customresourcedefinition/${metadata.name}`);
  await kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
  return ok ? [] : [`definitions of custom kinds: ${answer}`];
}

/** Applies a root: namespaces first, then all that may be in them. Says what was refused. */
export async function applyRoot(kubectl: Kubectl, root: string, rendered: readonly Rendered[]): Promise<string[]> {
  const objects = rendered.map(({ object }) => object);
  const [spaces, others] = [objects.filter(isFirst), objects.filter((object) => !isFirst(object))];
  // A Job cannot be changed; Flux makes it anew as well.
  for (const { metadata } of objects.filter(({ kind }) => kind === 'Job'))
    await kubectl([
      'delete',
      'job',
      metadata.name,
      '-n',
      metadata.namespace ?? '',
      '--ignore-not-found',
      '--wait=false',
    ]);
  const refused: string[] = [];
  for (const part of [spaces, others]) {
    const { ok, text } = part.length > 0 ? await apply(kubectl, part) : { ok: true, text: '' };
    if (!ok || /^Warning:/m.test(text)) refused.push(...faultsIn(text).map((line) => `${root}: ${line}`));
  }
  return refused;
}

function isFirst({ kind }: Manifest): boolean {
  return ['Namespace', 'PriorityClass', 'ConstraintTemplate'].includes(kind);
}

function faultsIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.endsWith(' serverside-applied'));
}

/** A sample, with the rules that refuse it: its own, and sometimes another one that asks for more. */
export interface Trial extends Sample {
  rules: readonly string[];
}

/** Asks about every sample, without keeping it. A server tells the first rule that refuses. */
export async function trySamples(kubectl: Kubectl, trials: readonly Trial[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { rules, name, isAllowed, object } of trials) {
    const { ok, text } = await kubectl(['apply', '--dry-run=server', '-f', '-'], JSON.stringify(object));
    const isRefused = !ok && rules.some((rule) => text.includes(`'seaworthy-${rule}'`));
    if (isAllowed ? !ok : !isRefused) faults.push(`${rules.join(', ')} ${name}: ${ok ? 'was let in' : text.trim()}`);
  }
  return faults;
}

/** Policies hold a moment after they were applied, each for itself: until every sample is judged as it should be. */
export async function untilInForce(kubectl: Kubectl, trials: readonly Trial[]): Promise<void> {
  const refused = trials.filter(({ isAllowed }, index) => !isAllowed && trials[index - 1]?.isAllowed);
  for (let attempt = 0; attempt < 60; attempt++) {
    if ((await trySamples(kubectl, refused)).length === 0) return;
    await wait(500);
  }
  // What does not hold is told by the trial of all samples.
}
