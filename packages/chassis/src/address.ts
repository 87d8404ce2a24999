import { isIPv6 } from 'node:net';

/** An address in one spelling: IPv4 that IPv6 carries (RFC 4291, section 2.5.5.2) is IPv4. */
export function plainAddress(address: string): string {
  if (!/ffff:/i.test(address) || !isIPv6(address)) return address;
  const groups = groupsOf(address);
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return address;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** Who has an IPv6 address has all those of its network: the first four of eight groups (RFC 6177). */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const network = groupsOf(plain).slice(0, 4);
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
}

/** The eight groups of an IPv6 address, as numbers. */
function groupsOf(address: string): number[] {
  const [before = '', after = ''] = address.replace(/\d+\.\d+\.\d+\.\d+$/, inGroups).split('::');
  const [first, last] = [before.match(/[^:]+/g) ?? [], after.match(/[^:]+/g) ?? []];
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  return [...first, ...zeros, ...last].map((group) => Number.parseInt(group, 16));
}

function inGroups(dotted: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
