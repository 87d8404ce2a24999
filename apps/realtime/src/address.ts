import { BlockList, isIPv6 } from 'node:net';
import { networkOf, plainAddress } from '@seaworthy/chassis/address';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Who connects, for counting: an IPv4 address, or the network of an IPv6 one. `undefined` for this machine itself: a
 * proxy beside the process speaks for many.
 */
export function countedAddress(ip: string): string | undefined {
  const address = plainAddress(ip);
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') ? undefined : networkOf(address);
}
