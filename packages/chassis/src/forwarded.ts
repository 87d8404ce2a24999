import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { plainAddress } from './address.ts';

const longest = 64; // characters: an IPv6 address with brackets and port

/**
 * Keeps of `X-Forwarded-For` what can be believed: the addresses from its end to the first thing that is none, without
 * the ports that some proxies add. What a client makes up before can then be no address of a request, nor get into logs.
 */
export function keepAddresses({ headers }: IncomingMessage): void {
  const given = headers['x-forwarded-for'];
  if (given === undefined) return;
  const entries = String(given).split(',').map(addressOf);
  const addresses = entries.slice(entries.lastIndexOf(undefined) + 1);
  if (addresses.length > 0) headers['x-forwarded-for'] = addresses.join(', ');
  else delete headers['x-forwarded-for'];
}

function addressOf(text: string): string | undefined {
  const entry = text.trim();
  if (entry.length > longest) return undefined;
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/.exec(entry) ?? [];
  const address = bracketed ?? plain ?? entry;
  // A zone (RFC 4007) means nothing on another machine, and may be any text.
  return isIP(address) > 0 && !address.includes('%') ? plainAddress(address) : undefined;
}
