import { createHistogram } from 'node:perf_hooks';
import type { Load } from '../bench-case.ts';
import { converse, type Loop } from './connection.ts';
import { type Exchange, prepareExchange } from './exchange.ts';
import { stayAwake } from './wakefulness.ts';

/** How long the last answers may take to come when time is up, in milliseconds. */
const patience = 10_000;

/**
 * A closed loop of GETs over keep-alive connections: each one sends its next request when the answer has come.
 * Of several exchanges each is sent in its turn, so that a server cannot live on its last answer.
 * When time is up the last answers are waited for, so that no work of the server is without its answer.
 * It runs in this process, which does nothing else meanwhile: the CPU of the servers is read from the system, so that
 * the client's own is in no figure, and all contestants meet the same warm client.
 */
export function httpLoad(...exchanges: readonly Exchange[]): Load {
  return async ({ port, connections, seconds, signal }) => {
    const microseconds = createHistogram();
    const faults = new Map<string, number>();
    const tooLate = new AbortController();
    const prepared = exchanges.map((exchange) => prepareExchange(exchange, port));
    let sent = 0;
    const begin = performance.now();
    const loop: Loop = {
      port,
      next() {
        if (signal.aborted || performance.now() >= begin + seconds * 1000) return undefined;
        sent += 1;
        return prepared[sent % prepared.length];
      },
      answered: (milliseconds) => microseconds.record(Math.max(1, Math.round(milliseconds * 1000))),
      fault: (text) => void faults.set(text, (faults.get(text) ?? 0) + 1),
      signal: AbortSignal.any([signal, tooLate.signal]),
    };
    const mayRest = stayAwake();
    const timer = setTimeout(() => tooLate.abort(), seconds * 1000 + patience);
    await Promise.all(Array.from({ length: connections }, () => converse(loop)));
    clearTimeout(timer);
    mayRest();
    return {
      operations: microseconds.count,
      seconds: (performance.now() - begin) / 1000,
      latency: { p50: microseconds.percentile(50) / 1000, p99: microseconds.percentile(99) / 1000 },
      faults: [...faults].map(([text, count]) => `${count} ${text}`),
    };
  };
}
