import type { Routes } from '@seaworthy/chassis/route';
import { Settings as GroupzSettings } from '@seaworthy/groupz/config';
import groupz from '@seaworthy/groupz/package.json' with { type: 'json' };
import { Settings as RealtimeSettings } from '@seaworthy/realtime/config';
import realtime from '@seaworthy/realtime/package.json' with { type: 'json' };
import { Settings as UsersSettings } from '@seaworthy/users/config';
import users from '@seaworthy/users/package.json' with { type: 'json' };
import type { TObject } from 'typebox';
import { openApiDocument } from './openapi.ts';
import { type GeneratedFile, readRepositoryFile } from './output.ts';
import { groupzRoutes, realtimeRoutes, usersRoutes } from './routes.ts';
import { settingsTable, withSettingsTable } from './settings-table.ts';

interface Service {
  name: string;
  manifest: { version: string; description: string };
  settings: TObject;
  routes: Routes;
}

/** Every service. A new one is a line here. */
const services: readonly Service[] = [
  { name: 'groupz', manifest: groupz, settings: GroupzSettings, routes: groupzRoutes() },
  { name: 'realtime', manifest: realtime, settings: RealtimeSettings, routes: realtimeRoutes() },
  { name: 'users', manifest: users, settings: UsersSettings, routes: usersRoutes() },
];

/** All files that are made from the code, as they have to be. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  return (await Promise.all(services.map(filesOf))).flat();
}

async function filesOf({ name, manifest, settings, routes }: Service): Promise<GeneratedFile[]> {
  const { version, description } = manifest;
  const readme = `apps/${name}/README.md`;
  return [
    { path: `docs/api/${name}.openapi.json`, text: await openApiDocument({ name, version, description, routes }) },
    { path: readme, text: withSettingsTable(await readRepositoryFile(readme), settingsTable(settings)) },
  ];
}
