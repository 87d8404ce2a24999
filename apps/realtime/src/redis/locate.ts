import type { SettingRule } from '@seaworthy/chassis/environment';
import type { Secret } from '@seaworthy/chassis/secret';
import { addressOfHost, addressOfUrl, hostOf, type RedisAddress } from '@seaworthy/redis/address';
import { redisUrlRule } from '@seaworthy/redis/url-rule';

/** The settings that say where Redis is. */
export interface RedisSettings {
  REDIS_URL?: Secret;
  REDISHOST?: string;
  REDIS_SERVICE_HOST?: string;
  REDIS_SERVICE_PORT?: number;
}

/** Where Redis is, and which setting said so. */
export interface RedisLocation extends Omit<RedisAddress, 'db'> {
  source: 'REDIS_URL' | 'REDISHOST' | 'REDIS_SERVICE_HOST' | 'default';
}

/**
 * Finds Redis: REDIS_URL, else REDISHOST, else the two variables of a Kubernetes Service, else localhost:6379.
 * The other variables of such a Service (`REDIS_PORT=tcp://10.0.0.1:6379`) are looked at by nobody.
 * Throws an Error that says what is wrong with the setting that was used, without showing its value.
 */
export function locateRedis(settings: RedisSettings): RedisLocation {
  const { REDIS_URL: url, REDISHOST: host, REDIS_SERVICE_HOST: service, REDIS_SERVICE_PORT: port = 6379 } = settings;
  if (url) return { source: 'REDIS_URL', ...withoutDatabase(addressOfUrl(url.value)) };
  if (host) return { source: 'REDISHOST', tls: false, ...addressOfHost(host) };
  if (service) return { source: 'REDIS_SERVICE_HOST', tls: false, host: hostOf(service), port };
  return { source: 'default', tls: false, host: 'localhost', port };
}

/** Each of the settings has to be right by itself, also where another one comes before it. */
export const redisRules: readonly SettingRule<RedisSettings>[] = [
  redisUrlRule,
  ({ REDISHOST }) => faultOf('REDISHOST', REDISHOST && { REDISHOST }),
  ({ REDIS_SERVICE_HOST }) => faultOf('REDIS_SERVICE_HOST', REDIS_SERVICE_HOST && { REDIS_SERVICE_HOST }),
];

/** Channels belong to no database, so that one in the URL changes nothing: SELECT may be refused. */
function withoutDatabase({ db: _db, ...address }: RedisAddress): Omit<RedisAddress, 'db'> {
  return address;
}

function faultOf(name: string, settings: RedisSettings | '' | undefined) {
  try {
    if (settings) locateRedis(settings);
    return undefined;
  } catch (error) {
    return { name, fault: (error as Error).message };
  }
}
