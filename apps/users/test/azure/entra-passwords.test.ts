import { createLog } from '@seaworthy/chassis/log';
import { describe, expect, it } from 'vitest';
import { EntraPasswords } from '../../src/azure/entra-passwords.ts';
import { silentLog } from '../users-server.ts';

const minute = 60_000;

/** Entra that gives out `token-1`, `token-2` and so on, each for an hour, until it is away. */
function scriptedEntra(log = silentLog) {
  const world = { time: 0, asked: 0, aborted: 0, isAway: false, isMute: false };
  const passwords = new EntraPasswords({
    async ask(signal) {
      world.asked += 1;
      if (world.isMute) return new Promise<never>(() => signal.addEventListener('abort', () => (world.aborted += 1)));
      if (world.isAway) throw new Error('AADSTS90033: not now. Trace ID: 1 Correlation ID: 2');
      return { token: `token-${world.asked}`, expiresOnTimestamp: world.time + 60 * minute };
    },
    now: () => world.time,
    log,
    patienceMilliseconds: 10,
    deadlineMilliseconds: 30,
  });
  return { world, passwords };
}

const unavailable = { name: 'Problem', kind: 'unavailable', retryAfterSeconds: 2 };

describe('the passwords of Entra', () => {
  it('are asked for once by connections that begin at once', async () => {
    const { world, passwords } = scriptedEntra();
    const given = await Promise.all(Array.from({ length: 5 }, () => passwords.current()));
    expect(new Set(given)).toEqual(new Set(['token-1']));
    expect(world.asked).toBe(1);
  });

  it('stay the same until ten minutes before their end, and are then replaced beside the work', async () => {
    const { world, passwords } = scriptedEntra();
    await passwords.current();
    world.time = 49 * minute;
    expect(await passwords.current()).toBe('token-1');
    world.time = 51 * minute;
    expect(await passwords.current()).toBe('token-1');
    await expect.poll(() => passwords.current()).toBe('token-2');
    expect(world.asked).toBe(2);
  });

  it('are not used in their last five minutes when there is a newer one', async () => {
    const { world, passwords } = scriptedEntra();
    await passwords.current();
    world.time = 56 * minute;
    expect(await passwords.current()).toBe('token-2');
  });

  it('are used until their end while Entra is away, and not a moment longer', async () => {
    const { world, passwords } = scriptedEntra();
    await passwords.current();
    Object.assign(world, { isAway: true, time: 59 * minute });
    expect(await passwords.current()).toBe('token-1');
    world.time = 60 * minute;
    await expect(passwords.current()).rejects.toMatchObject(unavailable);
  });

  it('are used while Entra does not answer at all', async () => {
    const { world, passwords } = scriptedEntra();
    await passwords.current();
    Object.assign(world, { isMute: true, time: 59 * minute });
    expect(await passwords.current()).toBe('token-1');
  });

  it('are waited for no longer than the deadline, which the log tells', async () => {
    const lines: string[] = [];
    const log = createLog({ name: 'users', level: 'info', destination: { write: (line) => void lines.push(line) } });
    const { world, passwords } = scriptedEntra(log);
    world.isMute = true;
    await expect(passwords.current()).rejects.toMatchObject(unavailable);
    expect(world.aborted).toBe(1);
    expect(lines.join()).toContain('Entra has not answered within 0.03 s');
    Object.assign(world, { isMute: false, time: 2000 });
    expect(await passwords.current()).toBe('token-2');
  });

  it('are waited for longer, when Entra has missed a deadline', async () => {
    const { world, passwords } = scriptedEntra();
    world.isMute = true;
    await passwords.current().catch(() => undefined);
    world.time = 2000;
    const second = await passwords.current().catch(({ cause }) => String(cause));
    expect(second).toContain('within 0.06 s');
  });

  it('are asked for ever less often while Entra is away', async () => {
    const { world, passwords } = scriptedEntra();
    world.isAway = true;
    for (world.time = 0; world.time < 2 * minute; world.time += 100) await passwords.current().catch(() => undefined);
    expect(world.asked).toBeLessThan(10);
    world.isAway = false;
    world.time += minute;
    expect(await passwords.current()).toMatch(/^token-/);
  });

  it('are told of once in the log, without what the SDK adds', async () => {
    const lines: string[] = [];
    const log = createLog({ name: 'users', level: 'info', destination: { write: (line) => void lines.push(line) } });
    const { world, passwords } = scriptedEntra(log);
    world.isAway = true;
    for (world.time = 0; world.time < minute; world.time += 1000) await passwords.current().catch(() => undefined);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('AADSTS90033: not now.');
    expect(lines[0]).not.toContain('Trace ID');
  });
});

describe('a password that was refused', () => {
  it('is replaced for the next connection', async () => {
    const { passwords } = scriptedEntra();
    passwords.refused(await passwords.current());
    expect(await passwords.current()).toBe('token-2');
  });

  it('is replaced once, whoever else it was refused to', async () => {
    const { world, passwords } = scriptedEntra();
    await passwords.current();
    for (const _ of [1, 2, 3]) passwords.refused('token-1');
    await Promise.all([passwords.current(), passwords.current()]);
    passwords.refused('token-1');
    expect(await passwords.current()).toBe('token-2');
    expect(world.asked).toBe(2);
  });

  it('is never given again: the next one is asked for a second after, if it comes to that', async () => {
    const { world, passwords } = scriptedEntra();
    passwords.refused(await passwords.current());
    passwords.refused(await passwords.current());
    await expect(passwords.current()).rejects.toMatchObject(unavailable);
    world.time = 999;
    await expect(passwords.current()).rejects.toMatchObject(unavailable);
    world.time = 1000;
    expect(await passwords.current()).toBe('token-3');
  });

  it('is replaced ever less often, down to twice a minute, as a role that is not there refuses all', async () => {
    const { world, passwords } = scriptedEntra();
    const refuseFor = async (milliseconds: number) => {
      for (const end = world.time + milliseconds; world.time < end; world.time += 100)
        await passwords.current().then(
          (token) => passwords.refused(token),
          () => undefined,
        );
    };
    await refuseFor(minute);
    expect(world.asked).toBeLessThan(9);
    world.asked = 0;
    await refuseFor(10 * minute);
    expect(world.asked).toBeLessThanOrEqual(20);
  });

  it('is replaced at once again, after one that was good for a while', async () => {
    const { world, passwords } = scriptedEntra();
    for (const _ of [1, 2]) passwords.refused(await passwords.current());
    world.time = 1000;
    await passwords.current();
    world.time = 5 * minute;
    passwords.refused(await passwords.current());
    expect(await passwords.current()).toBe('token-4');
  });

  it('is told of in the log when the next one is refused as well, once', async () => {
    const lines: string[] = [];
    const log = createLog({ name: 'users', level: 'info', destination: { write: (line) => void lines.push(line) } });
    const { world, passwords } = scriptedEntra(log);
    for (world.time = 0; world.time < 8 * minute; world.time += minute / 2)
      passwords.refused(await passwords.current());
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Postgres refuses new access tokens, too');
  });

  it('is used again while Entra is away: it may not have been the fault', async () => {
    const { world, passwords } = scriptedEntra();
    passwords.refused(await passwords.current());
    world.isAway = true;
    expect(await passwords.current()).toBe('token-1');
  });
});
