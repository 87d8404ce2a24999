import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cableTo } from './cable.ts';
import { brokerAt, realRedis, redisUrl } from './real-redis.ts';

/** A user of the real Redis who may do what the rules say, and the URL to be that user. */
async function userWith(...rules: string[]) {
  const redis = realRedis();
  const name = `test-${randomUUID()}`;
  await redis.acl('SETUSER', name, 'on', '>first', 'resetchannels', ...rules);
  onTestFinished(() => void redis.acl('DELUSER', name));
  const cable = await cableTo(redisUrl ?? '');
  const url = (password: string) => `redis://${name}:${password}@127.0.0.1:${cable.port}`;
  return { redis, name, cable, url };
}

describe.skipIf(!redisUrl)('a Redis with access rules', () => {
  it('needs only SUBSCRIBE, UNSUBSCRIBE and PING', async () => {
    const { url } = await userWith('&a', '+subscribe', '+unsubscribe', '+ping');
    const { broker } = brokerAt(url('first'));
    await broker.subscribe('a');
    await expect(broker.check()).resolves.toBeUndefined();
  });

  it('a refused channel is a Problem, and no other channel suffers', async () => {
    const { url } = await userWith('&a', '+subscribe', '+ping');
    const { broker } = brokerAt(url('first'));
    const [allowed, refused] = [broker.subscribe('a'), broker.subscribe('b')]; // in one command, once connected
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(allowed).resolves.toBeUndefined();
  });

  it('a refused channel can be asked for again', async () => {
    const { redis, name, url } = await userWith('+subscribe');
    const { broker } = brokerAt(url('first'));
    await expect(broker.subscribe('a')).rejects.toThrow();
    await redis.acl('SETUSER', name, '&a');
    await expect(broker.subscribe('a')).resolves.toBeUndefined();
  });

  it('a rotated password is used for the next connection', async () => {
    const { redis, name, cable, url } = await userWith('&a', '+@all');
    const { broker, url: secret, lost } = brokerAt(url('first'));
    await broker.subscribe('a');
    await redis.acl('SETUSER', name, 'resetpass', '>second');
    secret.rotate(url('second'));
    await cable.pull();
    await lost;
    await cable.plug();
    await expect(broker.subscribe('a')).resolves.toBeUndefined();
  });

  it('a wrong password is tried again, with the right one', async () => {
    const { url } = await userWith('&a', '+@all');
    const { broker, url: secret, failed } = brokerAt(url('wrong'));
    await failed;
    secret.rotate('redis://broken:0');
    secret.rotate(url('first'));
    await expect(broker.subscribe('a')).resolves.toBeUndefined();
  });
});
