import { runService } from '@seaworthy/chassis/run';
import manifest from '../package.json' with { type: 'json' };
import { app } from './app.ts';
import { armSource } from './azure/arm-source.ts';
import { systemClock as clock } from './clock.ts';
import { rules, Settings } from './config.ts';
import { startInventory } from './inventory.ts';
import { logPasses } from './pass-log.ts';
import { measurePasses } from './prometheus/pass-metrics.ts';

await runService(
  {
    name: 'groupz',
    version: manifest.version,
    description: manifest.description,
    settings: Settings,
    rules,
    env: process.env,
  },
  ({ settings, log, registry, part }) => {
    const observers = [logPasses(log), measurePasses(registry, clock)];
    const inventory = part(
      'inventory',
      startInventory({
        subscriptionIds: settings.SUBSCRIPTION_ID,
        source: armSource(settings),
        pace: { refreshSeconds: settings.REFRESH_SECONDS, random: Math.random },
        deadlineSeconds: settings.REFRESH_DEADLINE_SECONDS,
        clock,
        observe: (pass) => {
          for (const observe of observers) observe(pass);
        },
      }),
    );
    return app({ inventory });
  },
);
