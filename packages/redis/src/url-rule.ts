import type { SettingRule } from '@seaworthy/chassis/environment';
import type { Secret } from '@seaworthy/chassis/secret';
import { addressOfUrl } from './address.ts';

/** Refuses a REDIS_URL that could never be connected to, at the start. The fault never shows the URL. */
export const redisUrlRule: SettingRule<{ REDIS_URL?: Secret }> = ({ REDIS_URL }) => {
  try {
    if (REDIS_URL) addressOfUrl(REDIS_URL.value);
    return undefined;
  } catch (error) {
    return { name: 'REDIS_URL', fault: (error as Error).message };
  }
};
