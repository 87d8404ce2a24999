/** Time, as an argument. Milliseconds throughout. */
export interface Clock {
  /** A time that never goes back; only differences mean something. */
  now(): number;
  /** Runs once after a while, unless the returned function is called before. */
  after(milliseconds: number, run: () => void): () => void;
  /** Runs again and again until the returned function is called; does not keep the process alive. */
  every(milliseconds: number, run: () => void): () => void;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

/**
 * Waits for `work`, but no longer than `milliseconds`: then rejects with `late()`. Chassis' own `within` goes by the
 * machine's time and rejects with a bare Error; here tests turn the clock, and the error is an answer to the client.
 */
export async function within<T>(
  { clock, milliseconds, late }: { clock: Clock; milliseconds: number; late: () => Error },
  work: Promise<T>,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(milliseconds, () => reject(late()));
  try {
    return await Promise.race([work, promise]);
  } finally {
    cancel();
  }
}
