import { isRunning, launchersOf } from './process-ancestors.ts';

/** How the stack learns that it should end. */
interface StopRequests {
  /** The first request: everything stops in order. */
  onStop(reason: string): void;
  /** A later one: the person does not want to wait. */
  onForce(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;
const lookMs = 500;

// The terminal, npm and pnpm may each deliver the same Ctrl-C.
const samePressMs = 1000;

/** Counts signals: those within a second are one request. */
export function createSignalCounter({ onStop, onForce }: StopRequests, now: () => number) {
  let last = Number.NEGATIVE_INFINITY;
  let requests = 0;
  return (signal: string) => {
    if (now() - last < samePressMs) return;
    last = now();
    requests += 1;
    if (requests === 1) onStop(signal);
    else onForce();
  };
}

/** Listens for signals, and for the end of the npx or pnpm that started the stack. */
export function listenForStop(requests: StopRequests): void {
  const count = createSignalCounter(requests, Date.now);
  for (const signal of signals) process.on(signal, () => count(signal));
  const launchers = launchersOf(process.ppid);
  const timer = setInterval(() => {
    if (launchers.every(isRunning)) return;
    clearInterval(timer);
    count('the command that started it is gone');
  }, lookMs);
  timer.unref();
}
