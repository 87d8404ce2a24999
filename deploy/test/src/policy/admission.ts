import { type Rule, validationOf, variablesOf } from './rule.ts';

/** The rule for the API server itself. */
export function admissionPolicy(rule: Rule): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: objectName(rule) },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: rule.target.resources.map(({ group, version, resources }) => ({
          apiGroups: [group],
          apiVersions: [version],
          operations: ['CREATE', 'UPDATE'],
          resources,
        })),
      },
      variables: variablesOf(rule),
      validations: [validationOf(rule)],
    },
  };
}

/** Puts it in force. Where it is not, and whether it refuses or only tells, the roots around it say. */
export function admissionBinding(rule: Rule): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: objectName(rule) },
    spec: { policyName: objectName(rule), validationActions: ['Deny'] },
  };
}

function objectName({ name }: Rule): string {
  return `seaworthy-${name}`;
}
