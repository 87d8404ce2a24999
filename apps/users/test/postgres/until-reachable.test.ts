import { createLog } from '@seaworthy/chassis/log';
import { Problem } from '@seaworthy/chassis/problem';
import { describe, expect, it } from 'vitest';
import { openServer } from '../../src/postgres/server.ts';
import { untilReachable } from '../../src/postgres/until-reachable.ts';
import { silentLog } from '../users-server.ts';
import { poolSettings } from './test-database.ts';

const quick = { server: 'Postgres at db:5432', log: silentLog, patienceMilliseconds: 50, pauseMilliseconds: 10 };
const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });

describe('until Postgres is reachable', () => {
  it('goes on as soon as it answers, and has said why it waits', async () => {
    const lines: string[] = [];
    const log = createLog({ name: 'users', level: 'warn', destination: { write: (line) => void lines.push(line) } });
    const answers = [() => Promise.reject(refused), () => Promise.reject(refused), async () => undefined];
    await untilReachable({ ...quick, log, check: async () => answers.shift()?.() });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('ECONNREFUSED');
  });

  it('fails with the name of the server and the reason, after a while', async () => {
    const reached = untilReachable({ ...quick, check: () => Promise.reject(refused) });
    await expect(reached).rejects.toThrow('Postgres at db:5432 is not available after 0.05 s: connect ECONNREFUSED');
  });

  it('fails with a reason also when several addresses of a name refuse', async () => {
    const both = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });
    const reached = untilReachable({ ...quick, check: () => Promise.reject(both) });
    await expect(reached).rejects.toThrow(/0.05 s: ECONNREFUSED$/);
  });

  it('waits for a password that is not to be had yet, and fails with the reason', async () => {
    const cause = new Error('no access token: AADSTS700213: no matching federated identity');
    const noPassword = new Problem('unavailable', 'The database does not answer.', { cause });
    const reached = untilReachable({ ...quick, check: () => Promise.reject(noPassword) });
    await expect(reached).rejects.toThrow(/is not available after 0.05 s: no access token: AADSTS700213/);
  });

  it('fails at once for what waiting does not mend', async () => {
    const missing = Object.assign(new Error('database "users" does not exist'), { code: '3D000' });
    const reached = untilReachable({ ...quick, patienceMilliseconds: 1e9, check: () => Promise.reject(missing) });
    await expect(reached).rejects.toThrow('Postgres at db:5432 refuses us: database "users" does not exist');
  });

  it('fails at once for a URL that is none, without showing it', async () => {
    const opened = openServer(poolSettings('postgres://me:hunter2@[half'), silentLog);
    const error: Error = await opened.then(
      () => new Error('opened'),
      (error) => error,
    );
    expect(error.message).toMatch(/^Postgres at the host of DATABASE_URL refuses us: Invalid URL/);
    expect(JSON.stringify([error, error.cause])).not.toContain('hunter2');
  });
});
