import { variablesOf } from '../container-environment.ts';
import { type Environment, inEachEnvironment, ofKind } from '../environments.ts';
import { type Finding, fault, type Rendered } from '../manifest.ts';
import { selects } from '../selector.ts';
import { programs } from '../services.ts';
import { type Workload, workloadsIn } from '../workload.ts';
import type { Flow, Peer } from './openings.ts';

const rule = 'network';

const dns = ['169.254.10.10/32', '169.254.10.11/32'];
/** A setting that a program has, and where it then has to get to. */
const needs: Readonly<Record<string, string>> = {
  REDIS_URL: 'redis',
  REDIS_URL_FILE: 'redis',
  REDISHOST: 'redis',
  REDIS_SERVICE_HOST: 'redis',
  DATABASE_URL: 'postgres',
  DATABASE_URL_FILE: 'postgres',
};

/**
 * What the policies let through, added up for each workload, is what it needs and nothing else: in from the edges and
 * the scraper, out to names, to what its settings say, and to public https.
 */
export const flows = inEachEnvironment((environment) =>
  workloadsIn(environment.objects)
    .filter(({ object }) => object.metadata.name in programs)
    .flatMap((workload) => [...walls(environment, workload), ...exits(environment, workload)]),
);

function policiesOn(environment: Environment, { labels, object }: Workload, type: string): Rendered[] {
  return ofKind(environment, 'NetworkPolicy').filter(
    (policy) =>
      policy.object.metadata.namespace === object.metadata.namespace &&
      selects(policy.object.spec.podSelector ?? {}, labels) &&
      policy.object.spec.policyTypes?.includes(type),
  );
}

function walls(environment: Environment, workload: Workload): Finding[] {
  return ['Ingress', 'Egress'].flatMap((type) => {
    const isDenied = policiesOn(environment, workload, type).some(
      ({ object: { spec } }) => Object.keys(spec.podSelector).length === 0 && !spec[type.toLowerCase()],
    );
    const why = `no policy denies all ${type} of its namespace first`;
    return isDenied ? [] : [fault(workload.rendered, workload.field, { rule, why })];
  });
}

function exits(environment: Environment, workload: Workload): Finding[] {
  const { rendered, field, labels, containers } = workload;
  const out = policiesOn(environment, workload, 'Egress').flatMap(
    ({ object: { spec } }) => (spec.egress ?? []) as Flow[],
  );
  const at = (why: string) => fault(rendered, field, { rule, why });
  const open = (port: number) => out.some(({ ports }) => ports?.some((each) => each.port === port));
  const resolves = ['UDP', 'TCP'].every((protocol) =>
    out.some(
      ({ ports, to }) => isDns(to) && ports?.some((each) => each.port === 53 && (each.protocol ?? 'TCP') === protocol),
    ),
  );
  const inbound = policiesOn(environment, workload, 'Ingress').flatMap(({ object: { spec } }) => spec.ingress ?? []);
  const isServer = containers.some(({ it }) => it.ports);
  const wanted = new Set(
    containers.flatMap((each) => variablesOf(environment, workload, each).flatMap(({ name }) => needs[name] ?? [])),
  );
  const given = Object.keys(labels).flatMap(
    (label) => /^seaworthy\.dev\/reaches-(redis|postgres)$/.exec(label)?.[1] ?? [],
  );
  const policies = new Set(ofKind(environment, 'NetworkPolicy').map((each) => each.object.metadata.name));
  return [
    ...(resolves ? [] : [at('names do not resolve: no policy leads to kube-dns and LocalDNS on port 53')]),
    ...(open(443) ? [] : [at('keys of access tokens cannot be read: no policy leads to port 443')]),
    ...(inbound.length > 0 === isServer
      ? []
      : [at(isServer ? 'nobody gets in' : 'somebody gets in, and nothing listens')]),
    ...[...wanted]
      .filter((name) => !given.includes(name))
      .map((name) => at(`has a setting for ${name}, and no label for it`)),
    ...given.filter((name) => !wanted.has(name)).map((name) => at(`may reach ${name}, for which it has no setting`)),
    ...given.filter((name) => !policies.has(`reaches-${name}`)).map((name) => at(`reaches ${name} by no policy`)),
  ];
}

function isDns(peers: readonly Peer[] = []): boolean {
  const blocks = peers.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);
  const isCluster = peers.some(
    ({ namespaceSelector, podSelector }) =>
      selects(namespaceSelector ?? { matchLabels: { none: '' } }, { 'kubernetes.io/metadata.name': 'kube-system' }) &&
      selects(podSelector ?? {}, { 'k8s-app': 'kube-dns' }),
  );
  return isCluster && dns.every((address) => blocks.includes(address));
}
