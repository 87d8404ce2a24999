import { type Environment, find, inEachEnvironment, ofKind } from '../environments.ts';
import { type Finding, fault, type Rendered } from '../manifest.ts';
import { selects } from '../selector.ts';
import { type Container, type Workload, workloadsIn } from '../workload.ts';

const rule = 'doors';
const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
/** What each probe may ask of a service of ours (packages/chassis/src/probes.ts). Liveness never asks other systems. */
const paths: Readonly<Record<(typeof probes)[number], readonly string[]>> = {
  startupProbe: ['/readyz', '/livez', '/healthz'],
  readinessProbe: ['/readyz'],
  livenessProbe: ['/livez', '/healthz'],
};

/** From the route to the port: each name leads to the next, and probes knock where somebody answers. */
export const doors = inEachEnvironment((environment) => {
  const workloads = workloadsIn(environment.objects);
  return [
    ...workloads.flatMap((workload) => workload.containers.flatMap((each) => probesOf(workload, each))),
    ...ofKind(environment, 'Service').flatMap((service) => portsOf(service, workloads)),
    ...ofKind(environment, 'HTTPRoute').flatMap((route) => backendsOf(environment, route)),
    ...ofKind(environment, 'NetworkPolicy').flatMap((policy) => policyPorts(policy, workloads)),
  ];
});

function probesOf({ rendered }: Workload, { field, it }: Container): Finding[] {
  return probes.flatMap((name) => {
    const { httpGet, tcpSocket } = it[name] ?? {};
    const port = (httpGet ?? tcpSocket)?.port;
    const at = (part: string, why: string) => fault(rendered, `${field}.${name}.${part}`, { rule, why });
    const known = (it.ports ?? []).flatMap(({ name, containerPort }: Port) => [name, containerPort]);
    return [
      ...(port !== undefined && !known.includes(port) ? [at('port', `${port} is no port of the container`)] : []),
      ...(httpGet && !paths[name].includes(httpGet.path)
        ? [at('httpGet.path', `must be one of ${paths[name].join(', ')}`)]
        : []),
      ...(httpGet?.scheme === 'HTTPS' ? [at('httpGet.scheme', 'must be HTTP: the services speak nothing else')] : []),
    ];
  });
}

interface Port {
  name?: string;
  containerPort: number;
}

function containerPorts(workloads: readonly Workload[]): Port[] {
  return workloads.flatMap(({ containers }) => containers.flatMap(({ it }) => (it.ports ?? []) as Port[]));
}

function portsOf(service: Rendered, workloads: readonly Workload[]): Finding[] {
  const selector = { matchLabels: service.object.spec.selector ?? {} };
  const ports = containerPorts(workloads.filter(({ labels }) => selects(selector, labels)));
  return (service.object.spec.ports ?? []).flatMap(
    ({ port, targetPort = port }: { port: number; targetPort?: unknown }, index: number) =>
      ports.some(({ name, containerPort }) => name === targetPort || containerPort === targetPort)
        ? []
        : [fault(service, `spec.ports[${index}].targetPort`, { rule, why: `${targetPort} is no port of its pods` })],
  );
}

function backendsOf(environment: Environment, route: Rendered): Finding[] {
  // biome-ignore lint/suspicious/noExplicitAny: see Manifest
  const refs = (route.object.spec.rules ?? []).flatMap(({ backendRefs = [] }: any, index: number) =>
    backendRefs.map((ref: { name: string; port: number }) => ({ ...ref, index })),
  );
  return refs.flatMap(({ name, port, index }: { name: string; port: number; index: number }) => {
    const ports = find(environment, 'Service', name)?.object.spec.ports ?? [];
    if (ports.some((each: { port: number }) => each.port === port)) return [];
    return [fault(route, `spec.rules[${index}].backendRefs`, { rule, why: `no Service ${name} has a port ${port}` })];
  });
}

function policyPorts(policy: Rendered, workloads: readonly Workload[]): Finding[] {
  const { podSelector, ingress = [] } = policy.object.spec;
  const ports = containerPorts(workloads.filter(({ labels }) => selects(podSelector ?? {}, labels)));
  // biome-ignore lint/suspicious/noExplicitAny: see Manifest
  return ingress.flatMap((each: any, index: number) =>
    (each.ports ?? [])
      .filter(({ port }: { port: unknown }) => !ports.some((it) => it.name === port || it.containerPort === port))
      .map(({ port }: { port: unknown }) =>
        fault(policy, `spec.ingress[${index}].ports`, { rule, why: `${port} is no port of the pods it is about` }),
      ),
  );
}
