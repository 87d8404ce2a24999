import type { Routes } from '@seaworthy/chassis/route';
import { Settings as GroupzSettings } from '@seaworthy/groupz/config';
import groupz from '@seaworthy/groupz/package.json' with { type: 'json' };
import { Settings as RealtimeSettings } from '@seaworthy/realtime/config';
import realtime from '@seaworthy/realtime/package.json' with { type: 'json' };
import { Settings as UsersSettings } from '@seaworthy/users/config';
import users from '@seaworthy/users/package.json' with { type: 'json' };
import type { TObject } from 'typebox';
import { openApiDocument } from './openapi.ts';
import { openApi30 } from './openapi-30.ts';
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

/** The OpenAPI 3.1 document of every service, by the service's name, as text. */
export async function contracts(): Promise<Map<string, string>> {
  return new Map(
    await Promise.all(services.map(async (service) => [service.name, await contractOf(service)] as const)),
  );
}

async function filesOf(service: Service): Promise<GeneratedFile[]> {
  const document = await contractOf(service);
  const readme = `apps/${service.name}/README.md`;
  return [
    { path: `docs/api/${service.name}.openapi.json`, text: document },
    { path: `docs/api/${service.name}.openapi-3.0.json`, text: printed(openApi30(JSON.parse(document))) },
    { path: readme, text: withSettingsTable(await readRepositoryFile(readme), settingsTable(service.settings)) },
  ];
}

function contractOf({ name, manifest: { version, description }, routes }: Service): Promise<string> {
  return openApiDocument({ name, version, description, routes });
}

function printed(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
