import { createLog } from '@seaworthy/chassis/log';
import { createServer } from '@seaworthy/chassis/server';
import type { User, UserDraft } from '@seaworthy/contracts/users';
import supertest, { type Agent } from 'supertest';
import { onTestFinished } from 'vitest';
import { app } from '../src/app.ts';
import { memoryUsers } from '../src/memory/memory-users.ts';
import type { Now, Users } from '../src/users.ts';

/** A log that nobody reads. */
export const silentLog = createLog({ name: 'users', level: 'silent' });

export const ada: UserDraft = { email: 'ada@example.com', displayName: 'Ada Lovelace' };
export const grace: UserDraft = { email: 'grace@example.com', displayName: 'Grace Hopper' };

/** The users API on a socket of its own for one test; its users are in memory unless others are given. */
export async function usersServer(users: Users = memoryUsers(), now?: Now): Promise<Agent> {
  const server = await createServer({
    name: 'users',
    version: '0.0.0',
    description: '',
    log: silentLog,
    routes: app({ users, ...(now && { now }) }),
    authenticate: async () => undefined,
    readiness: async () => ({ ready: true, checks: {} }),
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

/** A valid id that no user has. */
export const unknownId = '01a20914-6052-781f-bb60-1502d2b64a65';
