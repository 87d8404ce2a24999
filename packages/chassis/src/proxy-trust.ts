import { BlockList, isIP } from 'node:net';

/** Whether the proxy at an address may say whom it speaks for; `hop` counts from 0, the peer of our own connection. */
export type ProxyTrust = (address: string, hop: number) => boolean;

/** Trusts a number of proxies in front of the service, whatever their addresses are. */
export function trustHops(hops: number): ProxyTrust {
  // Fastify's own number trusts nobody: it takes hops without addresses for a mistake.
  return (_address, hop) => hop < hops;
}

/** Trusts proxies by their addresses or CIDR ranges. Throws a RangeError that says what is wrong with one. */
export function trustAddresses(proxies: readonly string[]): ProxyTrust {
  const list = new BlockList();
  for (const proxy of proxies) addTo(list, proxy);
  return (address) => isIP(address) > 0 && list.check(address, familyOf(address));
}

function addTo(list: BlockList, proxy: string): void {
  const [, address = '', , prefix] = /^([^/]*)(\/(\d{1,3}))?$/.exec(proxy) ?? [];
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0) throw new RangeError(`names ${JSON.stringify(proxy)}, which is no address or CIDR range`);
  const length = Number(prefix ?? bits);
  if (length > bits) throw new RangeError(`names ${proxy}, but such addresses have ${bits} bits`);
  if (length === 0) throw new RangeError(`names ${proxy}, which would trust everybody`);
  list.addSubnet(address, length, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
