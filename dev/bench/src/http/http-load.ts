import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';
import type { Load, LoadResult } from '../bench-case.ts';
import { stayAwake } from './wakefulness.ts';

/** The request that is sent again and again, and the only body that is a right answer. */
export type Exchange = { path: string; body: string };

/**
 * A closed loop of GETs over keep-alive connections: each one sends its next request when the answer has come.
 * It runs in this process, which does nothing else meanwhile: the CPU of the servers is read from the system, so that
 * the client's own is in no figure, and all contestants meet the same warm client.
 */
export function httpLoad({ path, body }: Exchange): Load {
  return async ({ port, connections, seconds, signal }) => {
    const url = `http://127.0.0.1:${port}${path}`;
    const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
    const running = autocannon({ url, connections, duration: seconds, expectBody: body }, (error, result) =>
      error ? reject(error) : resolve(result),
    );
    // autocannon's own latencies are whole milliseconds, longer than most answers take.
    const microseconds = createHistogram();
    running.on('response', (_client, _status, _bytes, milliseconds) =>
      microseconds.record(Math.max(1, Math.round(milliseconds * 1000))),
    );
    const stop = () => running.stop();
    const mayRest = stayAwake();
    signal.addEventListener('abort', stop, { once: true });
    const result = await promise.finally(() => {
      mayRest();
      signal.removeEventListener('abort', stop);
    });
    return {
      operations: result['2xx'],
      seconds: result.duration,
      latency: { p50: microseconds.percentile(50) / 1000, p99: microseconds.percentile(99) / 1000 },
      faults: faultsOf(result),
    };
  };
}

function faultsOf(result: autocannon.Result): LoadResult['faults'] {
  const answers = result['2xx'] + result.non2xx;
  // autocannon silently connects again when a server hangs up. One request of each connection is cut off by the end.
  const unanswered = Math.max(0, result.requests.sent - answers - result.connections);
  return [
    { count: result.errors, fault: 'failed connections or timeouts' },
    { count: unanswered, fault: 'requests without an answer' },
    { count: result.non2xx, fault: 'answers with another status than 2xx' },
    { count: result.mismatches, fault: 'answers with another body' },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, fault }) => `${count} ${fault}`);
}
