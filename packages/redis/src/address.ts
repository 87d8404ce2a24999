import { isIPv6 } from 'node:net';

/** Where a server listens. */
export interface HostAddress {
  host: string;
  port: number;
}

/** Where Redis is and how to get in. */
export interface RedisAddress extends HostAddress {
  tls: boolean;
  username?: string;
  password?: string;
  /** The number of the database that keys are in, 0 when absent. Channels belong to none. */
  db?: number;
}

const defaultPort = 6379;
const notUrl = 'is not a redis:// or rediss:// URL; percent-encode special characters of the password';

/** Reads `redis://` and `rediss://` URLs. Throws an Error that says what is wrong without showing the URL. */
export function addressOfUrl(text: string): RedisAddress {
  const url = URL.parse(text);
  if (!url || !/^rediss?:$/.test(url.protocol)) throw new Error(notUrl);
  if (!/^\/?\d{0,4}$/.test(url.pathname) || url.search || url.hash)
    throw new Error('has more behind its port than the number of a database');
  const [username, password] = [url.username, url.password].map(decode);
  const db = Number(url.pathname.slice(1));
  return {
    host: hostOf(url.hostname),
    port: url.port === '' ? defaultPort : portOf(url.port),
    tls: url.protocol === 'rediss:',
    ...(username && { username }),
    ...(password && { password }),
    ...(db > 0 && { db }),
  };
}

/** Reads `host`, `host:port`, `::1`, `[::1]` and `[::1]:port`. Throws an Error that says what is wrong. */
export function addressOfHost(text: string): HostAddress {
  if (isIPv6(text)) return { host: text, port: defaultPort };
  const [, host = text, port] = /^(.*?)(?::([^\]:]*))?$/.exec(text) ?? [];
  return { host: hostOf(host), port: port === undefined ? defaultPort : portOf(port) };
}

/** Reads a host's name or address, an IPv6 address with or without brackets. Throws an Error for what is neither. */
export function hostOf(text: string): string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1];
  if (isIPv6(bare ?? text)) return bare ?? text;
  if (!/^[\w-]+(\.[\w-]+)*\.?$/.test(text)) throw new Error('names no valid host');
  return text;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(notUrl);
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw new Error('names no valid port; ports are 1 to 65535');
  return port;
}
