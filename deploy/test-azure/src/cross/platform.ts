import { parse } from 'yaml';
import { matching, textOf } from '../files.ts';
import type { Finding } from '../finding.ts';
import { type Deployed, differs, found, ofType, unlike } from './deployed.ts';

/** Networks, stores, images, policies, Flux and nodes are where the manifests look for them. */
export function platform(deployed: Deployed): Finding[] {
  return [
    ...network(deployed),
    ...stores(deployed),
    ...images(deployed),
    ...excluded(deployed),
    ...flux(deployed),
    ...nodes(deployed),
  ];
}

function network(deployed: Deployed): Finding[] {
  const file = 'deploy/aks/network.bicep';
  const subnets: { name: string; properties: { addressPrefix: string } }[] = ofType(deployed, 'virtualNetworks')[0]
    ?.body.properties.subnets;
  const endpoints = subnets
    .filter(({ name }) => name === 'endpoints')
    .map(({ properties }) => properties.addressPrefix);
  const path = new RegExp(
    `^deploy/services/namespace/${deployed.environment}/networkpolicy-reaches-(?:postgres|redis)\\.yaml$`,
  );
  const open = found(deployed.files, path, /cidr: (\S+)/g);
  const used = ofType(deployed, 'privateEndpoints').map(({ body }) => body.properties.subnet.id as string);
  return [
    ...unlike(file, 'the range of endpoints', [endpoints, open]),
    ...used.filter((id) => !id.includes('subnets.1.')).map((id) => differs(file, `an endpoint is in ${id}`)),
  ];
}

function stores(deployed: Deployed): Finding[] {
  const path = new RegExp(`^deploy/services/namespace/${deployed.environment}/networkpolicy-reaches-redis\\.yaml$`);
  const ports = found(deployed.files, path, /port: (\d+)/g);
  const port = ofType(deployed, 'redisEnterprise/databases').map(({ body }) => String(body.properties.port));
  const open = [
    ...ofType(deployed, 'flexibleServers'),
    ...ofType(deployed, 'vaults'),
    ...ofType(deployed, 'redisEnterprise'),
  ].filter(({ body: { properties } }) => (properties.network ?? properties).publicNetworkAccess !== 'Disabled');
  const [postgres] = ofType(deployed, 'flexibleServers');
  const { passwordAuth, activeDirectoryAuth } = postgres?.body.properties.authConfig ?? {};
  return [
    ...unlike('deploy/data/main.bicep', 'the port of Redis', [port, ports]),
    ...open.map(({ file, name }) => differs(file, `${name} can be reached by anybody`)),
    ...(passwordAuth === 'Disabled' && activeDirectoryAuth === 'Enabled'
      ? []
      : [differs('deploy/data/main.bicep', 'Postgres takes passwords')]),
  ];
}

function images(deployed: Deployed): Finding[] {
  const used = found(deployed.files, /^deploy\/services\/.*kustomization\.yaml$/, /newName: ([^/\s]+)\//g);
  const ours = ofType(deployed, 'registries').map(({ name }) => `${name}.azurecr.io`);
  const rule: string = parse(textOf(deployed.files, 'deploy/policy/rules/allowed-images.yaml')).variables.registries;
  const allowed = [...rule.matchAll(/'([^']+)'/g)].map(([, each = '']) => each.replaceAll('.', '\\.'));
  const regex = ofType(deployed, 'policyAssignments').map(
    ({ body }) => body.properties.parameters.allowedContainerImagesRegex?.value,
  );
  return [
    ...unlike('deploy/registry/main.bicep', 'the registry', [ours, used]),
    ...(regex.includes(`^(${allowed.join('|')}).+$`)
      ? []
      : [differs('deploy/policy/main.bicep', 'allows other images than rules/allowed-images.yaml')]),
    ...ofType(deployed, 'registries')
      .filter(({ body }) => body.properties.adminUserEnabled)
      .map(({ file }) => differs(file, 'has a password')),
  ];
}

function excluded(deployed: Deployed): Finding[] {
  const [patch] = parse(textOf(deployed.files, 'deploy/policy/exclusions/bindings.yaml'));
  const namespaces: string[] = patch.value.namespaceSelector.matchExpressions[0].values;
  const file = 'deploy/policy/main.bicep';
  const mine = [
    ...ofType(deployed, 'policyAssignments').map(
      ({ body }) => body.properties.parameters.excludedNamespaces.value as string[],
    ),
    ...ofType(deployed, 'deploymentSafeguards').map(({ body }) => body.properties.excludedNamespaces as string[]),
  ];
  const weak = ofType(deployed, 'policyAssignments').filter(
    ({ body }) => body.properties.parameters.effect.value !== 'Deny',
  );
  return [
    ...mine.flatMap((each) => unlike(file, 'the excluded namespace', [each, namespaces])),
    ...weak.map(({ name }) => differs(file, `${name} denies nothing`)),
  ];
}

function flux(deployed: Deployed): Finding[] {
  const file = 'deploy/flux/main.bicep';
  return ofType(deployed, 'fluxConfigurations').flatMap(({ body: { properties } }) => {
    const root = properties.kustomizations.cluster.path.replace('./', '');
    const source = matching(deployed.files, new RegExp(`^deploy/flux/git/${deployed.environment}/.*\\.yaml$`))
      .map(([, text]) => text)
      .join();
    const said = ['namespace', 'url', 'branch|semver'].map(
      (key) => new RegExp(`(?:${key}): "?([^\\s"]+)`).exec(source)?.[1],
    );
    const { branch, semver } = properties.gitRepository.repositoryRef;
    const mine = [properties.namespace, properties.gitRepository.url, branch ?? semver];
    return [
      ...(deployed.files.has(`${root}/kustomization.yaml`) ? [] : [differs(file, `${root} is not there`)]),
      ...(root.endsWith(`/${deployed.environment}`) ? [] : [differs(file, `${deployed.environment} reads ${root}`)]),
      ...mine
        .filter((each, i) => each !== said[i])
        .map((each) => differs(file, `${each} is not what flux/git/${deployed.environment} says`)),
    ];
  });
}

function nodes(deployed: Deployed): Finding[] {
  const file = 'deploy/aks/main.bicep';
  const [cluster] = ofType(deployed, 'managedClusters');
  const { networkProfile, kubernetesVersion, oidcIssuerProfile, securityProfile } = cluster?.body.properties ?? {};
  const pools = ofType(deployed, 'agentPools').filter(({ body }) => body.properties.osType === 'Windows');
  const schemas = new Set(
    found(deployed.files, /^deploy\/services\/.*\.yaml$/, /kubernetes-json-schema\/master\/v(\d+\.\d+)/g),
  );
  const policy = pools.length > 0 ? 'calico' : 'cilium';
  return [
    ...(networkProfile?.networkPolicy === policy
      ? []
      : [differs(file, `network policies need ${policy} with these pools`)]),
    ...(schemas.has(kubernetesVersion)
      ? []
      : [differs(file, `is ${kubernetesVersion}; manifests are checked against ${[...schemas].join()}`)]),
    ...(oidcIssuerProfile?.enabled && securityProfile?.workloadIdentity.enabled
      ? []
      : [differs(file, 'has no workload identity')]),
    ...pools.flatMap(({ name, body: { properties } }) => [
      ...((name.split('/')[1] ?? '').length <= 6 ? [] : [differs(file, `${name} has more than six characters`)]),
      ...(properties.osSKU !== 'Windows2025' || properties.enableFIPS ? [] : [differs(file, 'Windows2025 needs FIPS')]),
      ...(deployed.files.has(`deploy/windows/${properties.osSKU.replace('Windows', 'ltsc')}/kustomization.yaml`)
        ? []
        : [differs(file, `no pods are made for ${properties.osSKU}`)]),
      ...(properties.nodeTaints?.includes('os=windows:NoSchedule')
        ? []
        : [differs(file, 'lets Linux pods onto Windows nodes')]),
    ]),
  ];
}
