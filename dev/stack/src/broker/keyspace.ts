interface Entry {
  value: Buffer;
  /** Milliseconds of the clock; absent for a key that stays. */
  expiresAt: number | undefined;
}

/** Keys with values, and for some the time that they end. */
export type Keyspace = ReturnType<typeof createKeyspace>;

/** Makes an empty keyspace. Time is an argument, so that tests need not wait. */
export function createKeyspace(now: () => number) {
  const entries = new Map<string, Entry>();

  function find(key: Buffer): Entry | undefined {
    const name = key.toString('latin1');
    const entry = entries.get(name);
    if (entry?.expiresAt === undefined || entry.expiresAt > now()) return entry;
    entries.delete(name);
    return undefined;
  }

  return {
    get: (key: Buffer) => find(key)?.value,
    set(key: Buffer, value: Buffer, lifetimeMs?: number): void {
      const expiresAt = lifetimeMs === undefined ? undefined : now() + lifetimeMs;
      // A request's bytes share memory with all that arrived together: keep only ours.
      entries.set(key.toString('latin1'), { value: Buffer.from(value), expiresAt });
    },
    /** Whether there was such a key. */
    delete: (key: Buffer) => find(key) !== undefined && entries.delete(key.toString('latin1')),
    /** Gives a key an end; whether there is such a key. */
    expire(key: Buffer, lifetimeMs: number): boolean {
      const entry = find(key);
      if (entry) entry.expiresAt = now() + lifetimeMs;
      return entry !== undefined;
    },
    /** Milliseconds that a key has left; `'forever'` for one that stays, `undefined` for one that is not there. */
    lifetimeMs(key: Buffer): number | 'forever' | undefined {
      const entry = find(key);
      return entry && (entry.expiresAt === undefined ? 'forever' : entry.expiresAt - now());
    },
  };
}
