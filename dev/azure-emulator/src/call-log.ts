interface Call {
  /** Such as `resourceGroups.list`. */
  readonly operation: string;
  /** The subscription of the path in lower case; empty for what concerns the tenant. */
  readonly subscription: string;
  /** 0 for a request that got no answer. */
  readonly status: number;
}

interface CallCount extends Call {
  readonly count: number;
}

/** How often each operation of ARM was called, by subscription and status. */
export class CallLog {
  readonly #counts = new Map<string, CallCount>();

  get all(): readonly CallCount[] {
    return [...this.#counts.values()];
  }

  add(call: Call): void {
    const key = `${call.operation} ${call.subscription} ${call.status}`;
    this.#counts.set(key, { ...call, count: (this.#counts.get(key)?.count ?? 0) + 1 });
  }

  reset(): void {
    this.#counts.clear();
  }
}
