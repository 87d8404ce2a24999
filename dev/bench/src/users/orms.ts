import { execFile } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hasPackages, installPackages } from '../pnpm/own-packages.ts';
import type { Stage, StageOptions } from '../stage.ts';
import { type Contender, nodeServer } from './contender.ts';
import { userAt } from './rows.ts';

/** Where the servers are, with packages of their own: they are large, and only this case needs them. */
const folder = fileURLToPath(new URL('../../orms', import.meta.url));

/** What is picked instead of this service. */
export const orms: readonly Contender[] = [
  {
    name: 'Express + Sequelize',
    table: 'sequelize_users',
    contestant: (url) =>
      nodeServer('Express + Sequelize', join(folder, 'express-sequelize.ts'), [url, 'sequelize_users']),
    tokenAfter: String,
  },
  {
    name: 'Fastify + Prisma',
    table: 'prisma_users',
    contestant: async (url, stage) =>
      nodeServer('Fastify + Prisma', join(folder, 'fastify-prisma.ts'), [url, await generateClient(stage)]),
    tokenAfter: (users) => userAt(users - 1).id,
  },
  {
    name: 'NestJS + TypeORM',
    table: 'typeorm_users',
    contestant: (url) => nodeServer('NestJS + TypeORM', join(folder, 'nest-typeorm.ts'), [url, 'typeorm_users']),
    tokenAfter: String,
  },
];

/** Whether they can take part. */
export function hasOrms(): boolean {
  return hasPackages(folder);
}

/** Installs their packages where that was not done yet; returns what the reader has to know, a line each. */
export async function installOrms(options: StageOptions): Promise<string[]> {
  const reason = await installPackages(folder, options);
  return reason === undefined ? [] : [`The packages of dev/bench/orms cannot be installed: ${reason}.`];
}

/** What a section says where they cannot take part. */
export function absenceNotes(): string[] {
  const names = orms.map(({ name }) => name).join(', ');
  return hasOrms() ? [] : [`${names}: not measured, as their packages are not here.`];
}

/** Generates Prisma's client into the stage's folder, from where it finds its packages by a link; returns its path. */
async function generateClient({ directory }: Stage): Promise<string> {
  const schema = join(directory, 'users.prisma');
  const packages = join(folder, 'node_modules');
  copyFileSync(join(folder, 'users.prisma'), schema);
  symlinkSync(packages, join(directory, 'node_modules'), 'dir');
  const prisma = join(packages, 'prisma', 'build', 'index.js');
  // Generating needs no schema engine, but Prisma downloads one unless it is told where another is.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  await promisify(execFile)(process.execPath, [prisma, 'generate', '--schema', schema], { cwd: directory, env });
  return join(directory, 'client', 'client.ts');
}
