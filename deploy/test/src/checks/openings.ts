import { type Check, type Finding, fault, type Rendered } from '../manifest.ts';

const rule = 'network';
const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/** Who may come, or where to. */
export interface Peer {
  ipBlock?: { cidr: string; except?: string[] };
  namespaceSelector?: object;
  podSelector?: object;
}

/** What a policy lets through. */
export interface Flow {
  from?: Peer[];
  to?: Peer[];
  ports?: { protocol?: string; port?: number | string; endPort?: number }[];
}

/** An opening says to whom and through which port; the whole internet is https without what is private. */
export const openings: Check = (rendered) =>
  rendered.filter(({ object }) => object.kind === 'NetworkPolicy').flatMap(ofPolicy);

function ofPolicy(policy: Rendered): Finding[] {
  const { ingress = [], egress = [] } = policy.object.spec as { ingress?: Flow[]; egress?: Flow[] };
  const sides = [
    ...ingress.map((flow, index) => ({ flow, peers: flow.from, field: `spec.ingress[${index}]` })),
    ...egress.map((flow, index) => ({ flow, peers: flow.to, field: `spec.egress[${index}]` })),
  ];
  return sides.flatMap(({ flow, peers = [], field }) => {
    const at = (why: string) => fault(policy, field, { rule, why });
    const wide = peers.filter(({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0' || ipBlock?.cidr === '::/0');
    const ports = (flow.ports ?? []).map(({ port }) => port);
    return [
      ...(peers.length === 0 ? [at('is open to everybody')] : []),
      ...(ports.length === 0 || ports.includes(undefined) ? [at('is open on every port')] : []),
      ...peers
        .filter((peer) => Object.keys(peer).length === 0 || isEverywhere(peer))
        .map(() => at('is open to every pod')),
      ...wide
        .filter(({ ipBlock }) => privateRanges.some((range) => !ipBlock?.except?.includes(range)))
        .map(() => at(`must except ${privateRanges.join(', ')}`)),
      ...(wide.length > 0 && ports.some((port) => port !== 443) ? [at('must be port 443 alone')] : []),
      ...peers
        .filter(({ ipBlock }) => ipBlock && !isRange(ipBlock.cidr))
        .map(({ ipBlock }) => at(`${ipBlock?.cidr} is no range of addresses`)),
    ];
  });
}

function isEverywhere({ namespaceSelector, podSelector }: Peer): boolean {
  const isEmpty = (selector: object | undefined) => selector === undefined || Object.keys(selector).length === 0;
  return namespaceSelector !== undefined && isEmpty(namespaceSelector) && isEmpty(podSelector);
}

function isRange(cidr: string): boolean {
  const [, a, b, c, d, bits] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr) ?? [];
  return [a, b, c, d].every((byte) => byte !== undefined && Number(byte) <= 255) && Number(bits) <= 32;
}
