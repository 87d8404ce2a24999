import { type UserChange, userChangesChannel } from '@seaworthy/contracts/users';
import { clientOf } from './own-redis.ts';

/** Listens to the channel of a Redis until the test ends. */
export async function changeListener(...at: Parameters<typeof clientOf>) {
  const [redis, heard] = [clientOf(...at), [] as UserChange[]];
  redis.on('message', (_channel, text) => heard.push(JSON.parse(text)));
  await redis.subscribe(userChangesChannel);
  return {
    redis,
    heard,
    /** The versions of one user, as they were heard. */
    versionsOf: (id: string) => heard.filter(({ userId }) => userId === id).map(({ version }) => version),
  };
}
