import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { reachable } from '../src/checks/reachable.ts';
import { everything } from '../src/checks.ts';
import { findKustomize, render } from '../src/kustomize.ts';
import { describeFinding } from '../src/manifest.ts';
import { findRoots, readKustomizations } from '../src/roots.ts';
import { repository } from './rendered.ts';

const copy = realpathSync(mkdtempSync(join(tmpdir(), 'seaworthy-files-')));
cpSync(join(repository, 'deploy'), join(copy, 'deploy'), {
  recursive: true,
  filter: (path) => !path.startsWith(join(repository, 'deploy/test')),
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Enough to see each fault, and not the same one in every environment. */
const looked = /\/(?:production|deny|audit|ltsc2025)$/;

/** All that is said of the copy: by the renderer, or by the checks. */
async function whatIsSaid(): Promise<string> {
  const kustomize = findKustomize();
  if (!kustomize) throw new Error('no kustomize, kubectl or Go on this machine');
  try {
    const rendered = await Promise.all(
      findRoots(copy)
        .filter((root) => looked.test(root))
        .map((root) => render(kustomize, copy, root)),
    );
    const findings = [...reachable(copy, readKustomizations(copy)), ...everything(rendered.flat())];
    return findings.map(describeFinding).join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}

it.for([
  ['services/users/base/kustomization.yaml', '  - ../../hardened', '', 'pod-security'],
  ['services/users/base/kustomization.yaml', 'components:', 'component:', 'unknown field'],
  ['services/users/base/kustomization.yaml', '  - service.yaml\n', '', 'no Service users'],
  ['services/users/base/kustomization.yaml', 'service.yaml', 'services.yaml', 'services/users/base'],
  ['services/hardened/kustomization.yaml', '(Deployment|StatefulSet|Job)', 'Deploy', 'cannot be rendered'],
  ['services/hardened/container.yaml', 'drop: [ALL]', 'drop: []', 'changed in deploy/services/hardened'],
  ['services/hardened/pod.yaml', 'automountServiceAccountToken', 'automountServiceAccountTokens', 'is unknown there'],
  ['services/users/production/deployment.yaml', 'memory: 256Mi', 'memory: 256MB', 'resources.requests.memory [schema]'],
  ['services/users/production/deployment.yaml', '- name: users', '- name: user', 'containers[0]'],
  ['services/users/production/settings.env', 'RATE_LIMIT_SECONDS', 'RATE_LIMIT_SECOND', 'RATE_LIMIT_SECOND'],
  ['services/users/production/kustomization.yaml', '  - ../azure\n', '', 'AUTH_ISSUER'],
  ['services/facts/production/facts.env', 'TENANT_ID=', 'TENANT=', 'TENANT_ID'],
  ['services/facts/production/facts.env', 'USERS_CLIENT_ID=0', 'USERS_CLIENT_ID=x', 'client-id'],
  ['services/users/azure/replacements.yaml', 'data.USERS_CLIENT_ID', 'data.USERS_CLIENT', 'USERS_CLIENT'],
  [
    'key-vault/users/deployment.yaml',
    'readOnly: true\n            volumeAttributes',
    'volumeAttributes',
    'key-vault/users',
  ],
  ['clusters/production/apps.yaml', './deploy/services/production', './deploy/service/production', '[flux]'],
  ['clusters/production/kustomization.yaml', '  - policies.yaml\n', '', '[flux]'],
  ['policy/deny/kustomization.yaml', 'components:\n  - ../exclusions\n', '', 'policy-wiring'],
  ['windows/node/pod.yaml', 'effect: NoSchedule', 'effect: NoExecute', '[windows]'],
] as const)('%s: %j is %j', async ([file, before, after, said]) => {
  const path = join(copy, 'deploy', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
  try {
    expect(await whatIsSaid()).toContain(said);
  } finally {
    writeFileSync(path, text);
  }
});
