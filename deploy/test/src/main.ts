import { join } from 'node:path';
import { currency } from './checks/currency.ts';
import { reachable } from './checks/reachable.ts';
import { checks, everything } from './checks.ts';
import { gatorFindings } from './gator.ts';
import { findKustomize, render } from './kustomize.ts';
import { describeFinding, type Finding } from './manifest.ts';
import { findRoots, readKustomizations } from './roots.ts';

const exitCodes = { passed: 0, failed: 1, impossible: 75 };
const repository = join(import.meta.dirname, '../../..');

const kustomize = findKustomize();
if (kustomize) process.exitCode = await verify();
else {
  console.error(
    'NOT RUN: kustomize, kubectl or Go is needed to render (https://kubectl.docs.kubernetes.io/installation)',
  );
  process.exitCode = exitCodes.impossible;
}

/** Renders every root, and says all that is wrong with it. */
async function verify(): Promise<number> {
  if (!kustomize) return exitCodes.impossible;
  const kustomizations = readKustomizations(repository);
  const roots = findRoots(repository);
  const rendered = (await Promise.all(roots.map((root) => render(kustomize, repository, root)))).flat();
  const findings = [
    ...reachable(repository, kustomizations),
    ...currency(repository, new Date()),
    ...everything(rendered),
  ];
  report(findings);
  const checked = Object.keys(checks).length + 2;
  console.log(`${roots.length} roots, ${rendered.length} objects, ${checked} checks: ${findings.length} findings`);
  const gator = gatorFindings(repository);
  console.log(
    gator === undefined ? 'gator verify: NOT RUN, it needs Go 1.26 and its modules' : `gator verify: ${gator || 'ok'}`,
  );
  return findings.length === 0 && !gator ? exitCodes.passed : exitCodes.failed;
}

/** The same fault in staging and in production is told once. */
function report(findings: readonly Finding[]): void {
  const told = new Set<string>();
  for (const finding of findings) {
    const key = describeFinding({ ...finding, root: '', patchedIn: [] });
    if (told.has(key)) continue;
    told.add(key);
    console.error(describeFinding(finding));
  }
}
