import { isIP } from 'node:net';
import type { SettingRule } from '@seaworthy/chassis/environment';
import type { Secret } from '@seaworthy/chassis/secret';

/** Where Redis is and how to get in, as its client takes it. */
export interface RedisAddress {
  host: string;
  port: number;
  db: number;
  username: string | undefined;
  password: string | undefined;
  tls: { servername?: string } | undefined;
}

const defaultPort = 6379;

/** Refuses a REDIS_URL that could never be connected to, at the start. */
export const redisUrlRule: SettingRule<{ REDIS_URL?: Secret }> = ({ REDIS_URL }) => {
  try {
    if (REDIS_URL) addressOf(REDIS_URL.value);
    return undefined;
  } catch (error) {
    return { name: 'REDIS_URL', fault: (error as Error).message };
  }
};

/** Reads `redis://` and `rediss://` URLs. Throws an Error that says what is wrong without showing the URL. */
export function addressOf(text: string): RedisAddress {
  const url = URL.parse(text);
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw new Error('is not a redis:// or rediss:// URL; percent-encode special characters of the password');
  if (!/^\/?\d{0,4}$/.test(url.pathname) || url.search || url.hash)
    throw new Error('has more behind its port than the number of a database');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    port: url.port === '' ? defaultPort : portOf(url.port),
    db: Number(url.pathname.slice(1)),
    username: decode(url.username),
    password: decode(url.password),
    // TLS names hosts, not addresses (RFC 6066, section 3).
    tls: url.protocol === 'rediss:' ? (isIP(host) === 0 ? { servername: host } : {}) : undefined,
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (port < 1) throw new Error('names no valid port; ports are 1 to 65535');
  return port;
}

function decode(text: string): string | undefined {
  try {
    return text === '' ? undefined : decodeURIComponent(text);
  } catch {
    throw new Error('is not a redis:// or rediss:// URL; percent-encode special characters of the password');
  }
}
