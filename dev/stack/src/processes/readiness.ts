import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const pauseMs = 200;
const oneTryMs = 2_000;

/** Resolves when `isReady` holds, or when the signal aborts; never rejects. */
export async function pollUntil(
  isReady: (signal: AbortSignal) => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const once = AbortSignal.any([signal, AbortSignal.timeout(oneTryMs)]);
    if (await isReady(once).catch(() => false)) return;
    await sleep(pauseMs, signal);
  }
}

/** Whether a URL answers 200. */
export async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(url, { signal, redirect: 'manual' });
  await response.body?.cancel();
  return response.status === 200;
}

/** Whether something accepts TCP connections there. */
export function accepts(address: { host: string; port: number }, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, signal });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** Resolves after the time, or early when the signal aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
