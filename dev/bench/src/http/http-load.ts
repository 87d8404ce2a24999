import { createHistogram } from 'node:perf_hooks';
import type { Load } from '../bench-case.ts';
import { converse, type Loop } from './connection.ts';
import { type Exchange, inTurn, type Source } from './exchange.ts';
import { countFaults, latencyOf, recordTime } from './outcome.ts';
import { stayAwake } from './wakefulness.ts';

/** How long the last answers may take to come when time is up, in milliseconds. */
const patience = 10_000;

/**
 * A closed loop of requests over keep-alive connections: each one sends its next request when the answer has come.
 * Of several exchanges each is sent in its turn, so that a server cannot live on its last answer.
 */
export function httpLoad(...exchanges: readonly Exchange[]): Load {
  return closedLoop((port) => inTurn(exchanges, port));
}

/**
 * The same loop over whatever the source says.
 * When time is up the last answers are waited for, so that no work of the server is without its answer.
 * It runs in this process, which does nothing else meanwhile: the CPU of the servers is read from the system, so that
 * the client's own is in no figure, and all contestants meet the same warm client.
 */
export function closedLoop(sourceFor: (port: number) => Source): Load {
  return async ({ port, connections, seconds, signal }) => {
    const microseconds = createHistogram();
    const faults = countFaults();
    const tooLate = new AbortController();
    const source = sourceFor(port);
    const begin = performance.now();
    const loop: Loop = {
      port,
      next: (send) => send(signal.aborted || performance.now() >= begin + seconds * 1000 ? undefined : source()),
      answered: (milliseconds) => recordTime(microseconds, milliseconds),
      fault: faults.add,
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
      latency: latencyOf(microseconds),
      faults: faults.list(),
    };
  };
}
