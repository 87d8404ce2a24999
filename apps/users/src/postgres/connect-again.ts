import { isRefusedPassword } from './postgres-errors.ts';

interface Connecting {
  /** Whether there are other credentials than those that were refused. */
  hasOther(): boolean;
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
    if (!isRefusedPassword(error) || !hasOther()) throw error;
    return await before(deadline, connect());
  }
}

async function before<C extends { release(): void }>(deadline: number, connecting: Promise<C>): Promise<C> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const tooLate = () => {
    void connecting.then((client) => client.release()).catch(() => undefined);
    reject(new Error('timeout exceeded when trying to connect'));
  };
  const timer = setTimeout(tooLate, Math.max(0, deadline - performance.now()));
  try {
    return await Promise.race([connecting, late]);
  } finally {
    clearTimeout(timer);
  }
}
