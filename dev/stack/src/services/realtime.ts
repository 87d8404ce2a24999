import type { Environment } from '@seaworthy/chassis/environment';
import type { StackSettings } from '../settings.ts';
import { serviceEnvironment } from './environment.ts';

/** The environment of realtime: where Redis is. */
export function realtimeEnvironment(settings: StackSettings, redisUrl: string, env: Environment): Environment {
  return serviceEnvironment('realtime', { PORT: `${settings.REALTIME_PORT}`, REDIS_URL: redisUrl }, env);
}
