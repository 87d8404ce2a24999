import { runService } from '@seaworthy/chassis/run';
import manifest from '../package.json' with { type: 'json' };
import { app } from './app.ts';
import { rules, Settings } from './config.ts';
import { openDatabase } from './postgres/open-database.ts';
import { postgresUsers } from './postgres/postgres-users.ts';
import { prepareTables } from './postgres/prepare-tables.ts';

await runService(
  {
    name: 'users',
    version: manifest.version,
    description: manifest.description,
    settings: Settings,
    rules,
    env: process.env,
  },
  async ({ settings, log, part }) => {
    const database = part('postgres', await openDatabase(settings, log));
    await prepareTables(database, settings);
    return app({ users: postgresUsers(database) });
  },
);
