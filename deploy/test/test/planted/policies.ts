import type { Planted } from '../planted.ts';

const [policy, binding] = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];

/** Rules that are there and do not hold. */
export const planted: readonly Planted[] = [
  [policy, 'seaworthy-probes', '', undefined, 'policy-wiring'],
  [policy, 'seaworthy-probes', 'spec.failurePolicy', 'Ignore', 'policy-wiring'],
  [policy, 'seaworthy-probes', 'spec.validation', [], 'schema'],
  [binding, 'seaworthy-probes', '', undefined, 'policy-wiring'],
  [binding, 'seaworthy-probes', 'spec.policyName', 'probes', 'policy-wiring'],
  [binding, 'seaworthy-probes', 'spec.validationActions', ['Audit'], 'policy-wiring'],
  [binding, 'seaworthy-probes', 'spec.matchResources', undefined, 'policy-wiring'],
  ['SeaworthyProbes', 'probes', 'spec.match.excludedNamespaces', ['seaworthy'], 'policy-wiring'],
  ['SeaworthyProbes', 'probes', 'spec.enforcementActions', 'deny', 'schema'],
  ['SeaworthyProbes', 'probes', 'kind', 'SeaworthyProbe', 'policy-wiring'],
  ['ConstraintTemplate', 'seaworthyprobes', 'spec.target', [], 'schema'],
  ['Deployment', 'users', 'spec.template.spec.os', undefined, 'policy/one-system'],
  ['Deployment', 'users', 'spec.template.spec.nodeSelector', undefined, 'policy/one-system'],
  [
    'Deployment',
    'users',
    'spec.template.spec.containers.0.image',
    'docker.io/seaworthy/users',
    'policy/allowed-images',
  ],
  ['Service', 'users', 'spec.type', 'LoadBalancer', 'policy/internal-only'],
  ['Service', 'users', 'metadata.name', 'users-api', 'policy/unique-selectors'],
];
