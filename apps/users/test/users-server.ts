import { authenticator } from '@seaworthy/chassis/auth';
import type { EdgeSettings } from '@seaworthy/chassis/edge-settings';
import { createLog } from '@seaworthy/chassis/log';
import { createServer } from '@seaworthy/chassis/server';
import { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import type { User, UserDraft } from '@seaworthy/contracts/users';
import supertest, { type Agent } from 'supertest';
import { onTestFinished } from 'vitest';
import { type AppOptions, app } from '../src/app.ts';
import { memoryUsers } from '../src/memory/memory-users.ts';

/** A log that nobody reads. */
export const silentLog = createLog({ name: 'users', level: 'silent' });

export const ada = { email: 'ada@example.com', displayName: 'Ada Lovelace' } as const satisfies UserDraft;
export const grace = { email: 'grace@example.com', displayName: 'Grace Hopper' } as const satisfies UserDraft;

interface ServerOptions extends Partial<AppOptions> {
  /** Who calls; anybody, unless given. */
  caller?: { id: string; roles: readonly string[] };
  /** What stands in front; nothing, unless given. */
  edge?: EdgeSettings;
}

/** The users API on a socket of its own for one test; its users are in memory unless others are given. */
export async function usersServer({ caller, edge = {}, ...options }: ServerOptions = {}): Promise<Agent> {
  const anybody = authenticator({ AUTH: 'none' }, { log: silentLog });
  const server = await createServer({
    name: 'users',
    version: '0.0.0',
    description: '',
    log: silentLog,
    routes: app({ users: memoryUsers(), tokens: new SignedTokens(() => 'a key for tests'), ...options }),
    authenticate: caller ? async () => caller : anybody,
    readiness: async () => ({ ready: true, checks: {} }),
    edge,
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return supertest.agent(server.server);
}

/** Takes a user in through the API. */
export async function created(api: Agent, draft: UserDraft = ada): Promise<User> {
  const { body } = await api.post('/users').send(draft).expect(201);
  return body;
}

/** The entity tag of a user as it was seen. */
export function tagOf({ version }: Pick<User, 'version'>): string {
  return `"${version}"`;
}

/** A valid id that no user has. */
export const unknownId = '01a20914-6052-781f-bb60-1502d2b64a65';
