import { join } from 'node:path';
import { stringify } from 'yaml';
import { admissionBinding, admissionPolicy } from './admission.ts';
import { constraint, constraintTemplate, kindOf } from './gatekeeper.ts';
import { policyFolder, type Rule } from './rule.ts';
import { samplesOf } from './samples.ts';

const heading = '# Written by `pnpm generate:policy` from deploy/policy/rules/; change it there.\n';

/** Everything that is written from the rules: paths in the repository, and texts. */
export function policyFiles(repository: string, rules: readonly Rule[]): Map<string, string> {
  const files = new Map<string, string>();
  const put = (path: string, value: object) =>
    files.set(join(policyFolder, path), heading + stringify(value, { lineWidth: 0, blockQuote: 'literal' }));
  for (const rule of rules) {
    put(`admission/${rule.name}.yaml`, admissionPolicy(rule));
    put(`admission/${rule.name}-binding.yaml`, admissionBinding(rule));
    put(`gatekeeper/templates/${rule.name}.yaml`, constraintTemplate(rule));
    put(`gatekeeper/constraints/${rule.name}.yaml`, constraint(rule));
    for (const { name, object } of samplesOf(repository, rule)) put(`samples/${rule.name}/${name}.yaml`, object);
  }
  const names = rules.map(({ name }) => name);
  put('admission/kustomization.yaml', list(names.flatMap((name) => [`${name}.yaml`, `${name}-binding.yaml`])));
  for (const folder of ['templates', 'constraints'])
    put(`gatekeeper/${folder}/kustomization.yaml`, list(names.map((name) => `${name}.yaml`)));
  put('samples/suite.yaml', suite(repository, rules));
  return files;
}

function list(resources: string[]): object {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
}

/** For `gator verify`. */
function suite(repository: string, rules: readonly Rule[]): object {
  const tests = rules.map((rule) => ({
    name: rule.name,
    template: `../gatekeeper/templates/${rule.name}.yaml`,
    constraint: `../gatekeeper/constraints/${rule.name}.yaml`,
    cases: samplesOf(repository, rule).map(({ name, isAllowed }) => ({
      name,
      object: `${rule.name}/${name}.yaml`,
      assertions: [isAllowed ? { violations: 'no' } : { violations: 1, message: rule.message }],
    })),
  }));
  return { apiVersion: 'test.gatekeeper.sh/v1alpha1', kind: 'Suite', metadata: { name: 'seaworthy' }, tests };
}

/** The kinds of the constraints, which have no schema but that of their template. */
export function constraintKinds(rules: readonly Rule[]): string[] {
  return rules.map(kindOf);
}
