import { isRefusedPassword } from './postgres-errors.ts';

interface Connecting {
  /** Looks whether there are other credentials than those that were refused. */
  hasOther(): Promise<boolean>;
  /** How long both tries may take together. */
  milliseconds: number;
}

/** Connects; a second time where the credentials were refused and there are others by now. */
export async function connectAgain<C extends { release(): void }>(
  connect: () => Promise<C>,
  { hasOther, milliseconds }: Connecting,
): Promise<C> {
  const deadline = performance.now() + milliseconds;
  try {
    return await connect();
  } catch (error) {
    if (!isRefusedPassword(error) || !(await before(deadline, hasOther()).catch(() => false))) throw error;
    const connecting = connect();
    return await before(deadline, connecting).catch((late) => {
      void connecting.then((client) => client.release()).catch(() => undefined);
      throw late;
    });
  }
}

/** What comes of something, if it comes in time. */
async function before<T>(deadline: number, coming: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const tooLate = () => reject(new Error('timeout exceeded when trying to connect'));
  const timer = setTimeout(tooLate, Math.max(0, deadline - performance.now()));
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
