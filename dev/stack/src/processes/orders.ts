/** What a supervisor can be told. */
type Order = 'restart' | 'stop';

/** One place for the latest order: a later one replaces an earlier one, except that `stop` is final. */
interface Orders {
  give(order: Order): void;
  /** Resolves once an order is waiting to be taken. */
  given(): Promise<void>;
  take(): Order | undefined;
}

/** Makes a place for orders, with none waiting. */
export function createOrders(): Orders {
  let waiting: Order | undefined;
  let arrival = Promise.withResolvers<void>();
  return {
    give(order) {
      if (waiting !== 'stop') waiting = order;
      arrival.resolve();
    },
    given: () => arrival.promise,
    take() {
      const order = waiting;
      if (order !== 'stop') {
        waiting = undefined;
        arrival = Promise.withResolvers();
      }
      return order;
    },
  };
}
