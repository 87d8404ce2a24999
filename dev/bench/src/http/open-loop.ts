import type { Target } from '../bench-case.ts';
import { converse, type Loop, type Send } from './connection.ts';
import type { PreparedExchange, Source } from './exchange.ts';
import { countFaults } from './outcome.ts';

/** How long the last answers may take to come when time is up, in milliseconds. */
const patience = 10_000;

/** What to send in an open loop, and who hears of it. */
export type Schedule = {
  /** Requests a second. */
  rate: number;
  source: Source;
  /** Hears the time from when the request was due, so that one that had to wait for others shows it. */
  answered: (milliseconds: number, exchange: PreparedExchange) => void;
};

/**
 * Sends requests when they are due, whether or not the ones before have their answers; one that finds no free
 * connection waits, and its time runs. (A closed loop sends less to a server that stalls, and so measures the stall
 * once: "coordinated omission".) Returns the faults.
 */
export async function openLoop(target: Target, { rate, source, answered }: Schedule): Promise<readonly string[]> {
  const { port, connections, seconds, signal } = target;
  const faults = countFaults();
  const tooLate = new AbortController();
  const free: Send[] = [];
  const total = Math.round(rate * seconds);
  const begin = performance.now();
  let [sent, running] = [0, true];
  const sendDue = () => {
    const due = signal.aborted ? 0 : Math.min(total, Math.floor(((performance.now() - begin) * rate) / 1000) + 1);
    for (; sent < due && free.length > 0; sent += 1) free.pop()?.(source(), begin + (sent * 1000) / rate);
    if (sent === total || signal.aborted) for (const send of free.splice(0)) send();
    // Polling: a timer is late by up to a millisecond, which would be in every figure.
    if (running) setImmediate(sendDue);
  };
  const abort = AbortSignal.any([signal, tooLate.signal]);
  const loop: Loop = { port, next: (send) => void free.push(send), answered, fault: faults.add, signal: abort };
  const timer = setTimeout(() => tooLate.abort(), seconds * 1000 + patience);
  sendDue();
  await Promise.all(Array.from({ length: connections }, () => converse(loop)));
  running = false;
  clearTimeout(timer);
  return sent < total ? [...faults.list(), `${total - sent} requests that were never sent`] : faults.list();
}
