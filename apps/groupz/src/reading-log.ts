import type { Log } from '@seaworthy/chassis/log';
import type { Pass } from './refresher.ts';

/** Logs what changes: failures each time, good passes when they are the first or follow a failure. */
export function logPasses(log: Log): (pass: Pass) => void {
  const healthy = new Map<string, boolean>();
  return ({ subscriptionId, seconds, nextInSeconds, groups, failure }) => {
    const facts = { subscriptionId, seconds: round(seconds), nextInSeconds: round(nextInSeconds) };
    if (failure === undefined) {
      const level = healthy.get(subscriptionId) ? 'debug' : 'info';
      log[level]({ ...facts, groups }, 'resource groups loaded');
    } else {
      const { reason, evidence, message, retryAfterSeconds } = failure;
      const bug = reason === 'unexpected' && { err: failure };
      const why = { reason, ...evidence, retryAfterSeconds, detail: message };
      log[bug ? 'error' : 'warn']({ ...facts, ...why, ...bug }, 'resource groups not loaded, the last good list stays');
    }
    healthy.set(subscriptionId, failure === undefined);
  };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
