import { runService } from '@seaworthy/chassis/run';
import manifest from '../package.json' with { type: 'json' };
import { app } from './app.ts';
import { Settings } from './config.ts';
import { locateRedis, redisRules } from './redis/locate.ts';
import { RedisBroker } from './redis/redis-broker.ts';

await runService(
  {
    name: 'realtime',
    version: manifest.version,
    description: manifest.description,
    settings: Settings,
    rules: redisRules,
    env: process.env,
  },
  ({ settings, log, registry, authenticate, part }) => {
    const { STORE_MESSAGES: messages, STORE_SECONDS: seconds } = settings;
    const locate = () => locateRedis(settings);
    const broker = part('redis', new RedisBroker({ locate, log, keep: { messages, seconds } }));
    return app({ broker, authenticate, settings, log, registry });
  },
);
