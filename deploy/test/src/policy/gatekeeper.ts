import { type Rule, validationOf, variablesOf } from './rule.ts';

/** The same rule for Gatekeeper, by its CEL engine: also what a custom definition of Azure Policy carries. */
export function constraintTemplate(rule: Rule): object {
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: { name: kindOf(rule).toLowerCase(), annotations: { description: rule.message } },
    spec: {
      crd: { spec: { names: { kind: kindOf(rule) } } },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          code: [
            {
              engine: 'K8sNativeValidation',
              source: { variables: variablesOf(rule), validations: [validationOf(rule)] },
            },
          ],
        },
      ],
    },
  };
}

/** Puts it in force. */
export function constraint(rule: Rule): object {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: kindOf(rule),
    metadata: { name: rule.name },
    spec: {
      enforcementAction: 'deny',
      match: { kinds: rule.target.resources.map(({ group, kinds }) => ({ apiGroups: [group], kinds })) },
    },
  };
}

/** `no-privileged` is `SeaworthyNoPrivileged`. */
export function kindOf({ name }: Rule): string {
  return `Seaworthy${name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}
