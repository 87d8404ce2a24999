import { setImmediate as turn } from 'node:timers/promises';

/** More would make a statement wait for rows of which others need none. */
const most = 100;

interface Batch<T> {
  ids: Set<string>;
  found: Promise<ReadonlyMap<string, T>>;
}

/**
 * Finds by id what is asked for in the same turn of the event loop with one statement: under load a statement costs
 * more than its rows do. Nobody waits for it, as it goes out once the sockets that were readable have been read. It is
 * sent after every call that it answers, so that each sees whatever was committed before.
 */
export function batchedFinds<T>(findAll: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) {
  let open: Batch<T> | undefined;

  function openBatch(): Batch<T> {
    const ids = new Set<string>();
    const batch: Batch<T> = { ids, found: turn().then(() => send(batch)) };
    return batch;
  }

  function send(batch: Batch<T>): Promise<ReadonlyMap<string, T>> {
    if (open === batch) open = undefined;
    return findAll([...batch.ids]);
  }

  return async (id: string): Promise<T | undefined> => {
    if (open === undefined || open.ids.size >= most) open = openBatch();
    open.ids.add(id);
    return (await open.found).get(id);
  };
}
