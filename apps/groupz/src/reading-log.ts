import type { Log } from '@seaworthy/chassis/log';
import type { Discovery, InventoryObserver, SubscriptionReading } from './inventory-observer.ts';
import type { SourceFailure } from './source-failure.ts';

/** Logs what changes: failures each time, good readings when they are the first or follow a failure. */
export function logReadings(log: Log): InventoryObserver {
  const healthy = new Set<string>();

  /** Whether this is the first good news for a while. */
  function isNews(name: string, failure: SourceFailure | undefined): boolean {
    const was = healthy.has(name);
    if (failure) healthy.delete(name);
    else healthy.add(name);
    return !was;
  }

  return {
    subscriptionRead({ subscriptionId, seconds, nextInSeconds, groups, failure }: SubscriptionReading) {
      const news = isNews(subscriptionId, failure);
      const facts = { subscriptionId, seconds: round(seconds), nextInSeconds: round(nextInSeconds) };
      if (failure) tell(log, { ...facts, ...reasonOf(failure) }, 'resource groups not read, the last good list stays');
      else log[news ? 'info' : 'debug']({ ...facts, groups }, 'resource groups read');
    },
    discovered({ nextInSeconds, subscriptions, failure }: Discovery) {
      const news = isNews('', failure);
      const facts = { nextInSeconds: round(nextInSeconds) };
      if (failure) tell(log, { ...facts, ...reasonOf(failure) }, 'subscriptions not listed, those known stay');
      else log[news ? 'info' : 'debug']({ ...facts, subscriptions }, 'subscriptions listed');
    },
    subscriptionGone(subscriptionId) {
      healthy.delete(subscriptionId);
      log.info({ subscriptionId }, 'subscription is gone');
    },
    groupsChanged(changes, first) {
      if (!first) log.info({ changes: changes.length }, 'resource groups changed');
    },
  };
}

function tell(log: Log, facts: ReturnType<typeof reasonOf>, sentence: string): void {
  log[facts.reason === 'unexpected' ? 'error' : 'warn'](facts, sentence);
}

function reasonOf(failure: SourceFailure) {
  const { reason, evidence, message, retryAfterSeconds } = failure;
  // An answer that could not be read may be our own mistake, too: where it happened is in the stack.
  const err = reason === 'unexpected' ? failure : reason === 'invalid-answer' ? failure.cause : undefined;
  return { reason, ...evidence, retryAfterSeconds, detail: message, ...(err !== undefined && { err }) };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
