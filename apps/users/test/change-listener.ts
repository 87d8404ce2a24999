import { type UserChange, userChangesChannel } from '@seaworthy/contracts/users';
import { realRedis } from '@seaworthy/redis/test/real-redis';

/** Listens to the channel of the real Redis until the test ends. */
export async function changeListener() {
  const [redis, heard] = [realRedis(), [] as UserChange[]];
  redis.on('message', (_channel, text) => heard.push(JSON.parse(text)));
  await redis.subscribe(userChangesChannel);
  return {
    heard,
    /** The versions of one user, as they were heard: other tests tell of other users. */
    versionsOf: (id: string) => heard.filter(({ userId }) => userId === id).map(({ version }) => version),
  };
}
