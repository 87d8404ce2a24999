import { setImmediate as turn } from 'node:timers/promises';

/** More would make a write wait for others' rows, and one that fails would send more of them back. */
const most = 50;

interface Batching<W, R> {
  /** What is written: no two writes to the same go together. */
  idOf(write: W): string;
  /** Which writes one statement can do together. Those without such a kind go alone. */
  kindOf(write: W): string | undefined;
  /** Does them in one statement, all or none; those whose id it does not answer were not done. */
  together(writes: readonly W[]): Promise<ReadonlyMap<string, R>>;
  alone(write: W): Promise<R>;
}

interface Batch<W, R> {
  writes: W[];
  done: Promise<ReadonlyMap<string, R>>;
}

/**
 * Does the writes of one turn of the event loop together, as `batchedFinds` does with what is looked for: under load, a
 * statement and its commit cost more than its rows do. What a batch leaves undone, and all of a batch that fails, is
 * done alone after it: nobody is refused, or waits for another try, on account of a neighbour.
 */
export function batchedWrites<W, R>({ idOf, kindOf, together, alone }: Batching<W, R>): (write: W) => Promise<R> {
  const open = new Map<string, Batch<W, R>>();
  const underWay = new Set<string>();

  function openBatch(kind: string): Batch<W, R> {
    const writes: W[] = [];
    const batch: Batch<W, R> = { writes, done: turn().then(() => send(kind, batch)) };
    open.set(kind, batch);
    return batch;
  }

  async function send(kind: string, batch: Batch<W, R>): Promise<ReadonlyMap<string, R>> {
    const { writes } = batch;
    if (open.get(kind) === batch) open.delete(kind);
    try {
      return writes.length > 1 ? await together(writes) : new Map();
    } catch {
      return new Map(); // each finds out by itself what is wrong
    } finally {
      for (const write of writes) underWay.delete(idOf(write));
    }
  }

  return async (write) => {
    const [id, kind] = [idOf(write), kindOf(write)];
    if (kind === undefined || underWay.has(id)) return alone(write);
    underWay.add(id);
    let batch = open.get(kind);
    if (batch === undefined || batch.writes.length >= most) batch = openBatch(kind);
    batch.writes.push(write);
    return (await batch.done).get(id) ?? alone(write);
  };
}
