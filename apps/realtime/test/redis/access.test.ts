import { randomUUID } from 'node:crypto';
import { cableTo } from '@seaworthy/redis/test/cable';
import { redisUrl, redisUser } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { passing } from '../channels.ts';
import { manualClock } from '../manual-clock.ts';
import { startService } from '../service.ts';
import { brokerAt } from './broker-at.ts';

/** A user of the real Redis who may do what the rules say, and the URL to be that user. */
async function userWith(...rules: string[]) {
  const { redis, name } = await redisUser(...rules);
  const cable = await cableTo(redisUrl ?? '');
  const url = (password: string) => `redis://${name}:${password}@127.0.0.1:${cable.port}`;
  return { redis, name, cable, url };
}

/** One who may hear a channel of its own. */
async function userWithChannel() {
  const channel = randomUUID();
  return { channel, ...(await userWith(`&${channel}`, '+@all')) };
}

describe.skipIf(!redisUrl)('a Redis with access rules', () => {
  it('needs only SUBSCRIBE, UNSUBSCRIBE and PING', async () => {
    const { url } = await userWith('&a', '+subscribe', '+unsubscribe', '+ping');
    const { broker } = brokerAt(url('first'));
    await broker.subscribe(passing('a'));
    await expect(broker.check()).resolves.toBeUndefined();
  });

  it('a refused channel is a Problem, and no other channel suffers', async () => {
    const { url } = await userWith('&a', '+subscribe', '+ping');
    const { broker } = brokerAt(url('first'));
    const [allowed, refused] = [broker.subscribe(passing('a')), broker.subscribe(passing('b'))]; // in one command, once connected
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(allowed).resolves.toBeUndefined();
  });

  it('a refused channel can be asked for again', async () => {
    const { redis, name, url } = await userWith('+subscribe');
    const { broker } = brokerAt(url('first'));
    await expect(broker.subscribe(passing('a'))).rejects.toThrow();
    await redis.acl('SETUSER', name, '&a');
    await expect(broker.subscribe(passing('a'))).resolves.toBeUndefined();
  });

  it('a rotated password is used for the next connection', async () => {
    const { redis, name, cable, url } = await userWith('&a', '+@all');
    const { broker, url: secret, lost } = brokerAt(url('first'));
    await broker.subscribe(passing('a'));
    await redis.acl('SETUSER', name, 'resetpass', '>second');
    secret.rotate(url('second'));
    await cable.pull();
    await lost;
    await cable.plug();
    await expect(broker.subscribe(passing('a'))).resolves.toBeUndefined();
  });

  it('a wrong password is tried again, with the right one', async () => {
    const { url } = await userWith('&a', '+@all');
    const { broker, url: secret, failed } = brokerAt(url('wrong'));
    await failed;
    secret.rotate(url('first'));
    await expect(broker.subscribe(passing('a'))).resolves.toBeUndefined();
  });

  it('a URL that was rotated to a broken one leaves the last good one in force', async () => {
    const { url } = await userWith('&a', '+@all');
    const { broker, url: secret, failed, logged } = brokerAt(url('wrong'));
    await failed;
    secret.rotate('redis://broken:0');
    await logged('connection failed'); // it has connected again, still to a host that is there
    secret.rotate(url('first'));
    await expect(broker.subscribe(passing('a'))).resolves.toBeUndefined();
  });

  it('a wrong password is in no line of the log', async () => {
    const { url } = await userWith('&a', '+@all');
    const { failed, lines } = brokerAt(url('hunter2'));
    await failed;
    expect(lines.join()).toContain('"reason":"WRONGPASS');
    expect(lines.join()).not.toContain('hunter2');
  });

  it('a channel that is refused after an outage is asked for again by itself', async () => {
    const { redis, name, url, channel } = await userWithChannel();
    const clock = manualClock();
    const { broker, refused } = brokerAt(url('first'), clock);
    await broker.subscribe(passing(channel));
    await redis.acl('SETUSER', name, 'resetchannels'); // Redis hangs up on those who listen
    await refused;
    await redis.acl('SETUSER', name, `&${channel}`);
    clock.pass(10_000);
    await expect.poll(() => redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]);
  });

  it('a channel that is refused for long is logged once', async () => {
    const { redis, name, url, channel } = await userWithChannel();
    const clock = manualClock();
    const { broker, refused, lines } = brokerAt(url('first'), clock);
    await broker.subscribe(passing(channel));
    await redis.acl('SETUSER', name, 'resetchannels');
    await refused;
    clock.pass(10_000);
    await expect(broker.subscribe(passing(channel))).rejects.toMatchObject({ kind: 'forbidden' });
    expect(lines.filter((line) => line.includes('refuses a channel'))).toHaveLength(1);
  });

  it('a client whose channel was refused after an outage is told so when it joins again', async () => {
    const { redis, name, url, channel } = await userWithChannel();
    const { broker, refused } = brokerAt(url('first'));
    const client = await (await startService({ broker })).open(channel);
    await redis.acl('SETUSER', name, 'resetchannels');
    await refused;
    await expect(client.join(channel)).rejects.toThrow('refused');
    await redis.acl('SETUSER', name, `&${channel}`);
    await client.join(channel);
    await redis.publish(channel, 'heard');
    expect(await client.next()).toBe('heard');
  });

  it('what was left while Redis refused it stays left', async () => {
    const { redis, url, channel } = await userWithChannel();
    const { broker, logged } = brokerAt(url('first'));
    const refused = broker.subscribe(passing('forbidden'));
    void broker.subscribe(passing(channel));
    await logged('redis connected'); // both are asked for in one command, that is not answered yet
    broker.unsubscribe(passing(channel));
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden' });
    await broker.check();
    expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
  });
});
