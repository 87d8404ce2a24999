import { type Check, type Finding, fault, type Rendered } from '../manifest.ts';

const rule = 'policy-wiring';
const constraints = 'constraints.gatekeeper.sh/v1beta1';

/** A policy without a binding, and a template without a constraint, hold nowhere; and the two kinds hold alike. */
export const policyWiring: Check = (rendered) => {
  const byRoot = Map.groupBy(rendered, ({ root }) => root);
  const templates = rendered
    .filter(({ object }) => object.kind === 'ConstraintTemplate')
    .map(({ object }) => object.spec.crd.spec.names.kind as string);
  const bound = [...byRoot.values()].flatMap(bindings);
  const strangers = rendered
    .filter(({ object }) => object.apiVersion === constraints && !templates.includes(object.kind))
    .map((each) => fault(each, 'kind', { rule, why: 'is made by no template' }));
  const idle = rendered.filter(
    ({ object }) =>
      object.kind === 'ConstraintTemplate' &&
      !rendered.some((each) => each.object.kind === object.spec.crd.spec.names.kind),
  );
  return [
    ...bound,
    ...strangers,
    ...idle.map((each) => fault(each, 'spec.crd', { rule, why: 'has no constraint' })),
    ...exclusions(rendered),
  ];
};

function bindings(objects: readonly Rendered[]): Finding[] {
  const named = (kind: string) => objects.filter(({ object }) => object.kind === kind);
  const [policies, all] = [named('ValidatingAdmissionPolicy'), named('ValidatingAdmissionPolicyBinding')];
  const names = new Set(policies.map(({ object }) => object.metadata.name));
  const boundNames = new Set(all.map(({ object }) => object.spec.policyName));
  return [
    ...all
      .filter(({ object }) => !names.has(object.spec.policyName))
      .map((each) => fault(each, 'spec.policyName', { rule, why: `${each.object.spec.policyName} is not there` })),
    ...policies
      .filter(({ object }) => !boundNames.has(object.metadata.name))
      .map((each) => fault(each, 'metadata.name', { rule, why: 'is bound by no binding' })),
    ...all
      .filter(({ object, root }) => (root.endsWith('/audit') ? 'Warn' : 'Deny') !== object.spec.validationActions?.[0])
      .map((each) => fault(each, 'spec.validationActions', { rule, why: 'is not what the root is called' })),
    ...policies
      .filter(({ object }) => object.spec.failurePolicy !== 'Fail')
      .map((each) =>
        fault(each, 'spec.failurePolicy', { rule, why: 'must be Fail: a rule that breaks must not let pass' }),
      ),
  ];
}

/** Nothing is left out in one engine that the other one looks at. */
function exclusions(rendered: readonly Rendered[]): Finding[] {
  const listed = rendered.flatMap((each) => {
    const { kind, apiVersion, spec } = each.object;
    if (kind === 'ValidatingAdmissionPolicyBinding')
      return { each, names: spec.matchResources?.namespaceSelector?.matchExpressions?.[0]?.values ?? [] };
    return apiVersion === constraints ? { each, names: spec.match.excludedNamespaces } : [];
  });
  const expected = JSON.stringify(listed[0]?.names);
  const why = 'leaves out other namespaces than the rest';
  const differing = listed.filter(({ names }) => JSON.stringify(names) !== expected || names.includes('seaworthy'));
  return differing.map(({ each }) => fault(each, 'spec', { rule, why }));
}
