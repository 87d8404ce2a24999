/**
 * Keeps this process's event loop polling until the returned function is called.
 *
 * A server's write is dearer when it has to wake a sleeping client, and only servers that are slower than the client
 * find it asleep. That would charge them several microseconds of kernel time per answer that the fast ones do not pay.
 */
export function stayAwake(): () => void {
  let awake = true;
  const poll = () => {
    if (awake) setImmediate(poll);
  };
  poll();
  return () => {
    awake = false;
  };
}
