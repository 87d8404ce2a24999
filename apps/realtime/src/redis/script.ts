import { createHash } from 'node:crypto';
import type { Redis } from '@seaworthy/redis/connection';

/** A script of Redis; it is sent once to each server, and called by its digest. */
export interface Script {
  text: string;
  digest: string;
}

export function script(text: string): Script {
  return { text, digest: createHash('sha1').update(text).digest('hex') };
}

/** Runs a script. Texts come back as Buffers. */
export async function runScript(
  redis: Redis,
  { text, digest }: Script,
  { keys, values }: { keys: readonly string[]; values: readonly (string | number | Buffer)[] },
): Promise<unknown> {
  const rest = [keys.length, ...keys, ...values];
  try {
    return await redis.callBuffer('EVALSHA', digest, ...rest);
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
    return await redis.callBuffer('EVAL', text, ...rest);
  }
}
