import type { Freshness, SourceName, SubscriptionError } from '@seaworthy/contracts/groupz';
import type { Holding, Snapshot } from './holdings.ts';
import type { FailureReason, SourceFailure } from './source-failure.ts';

/** What it takes to judge what is known. */
export interface Judgement {
  source: SourceName;
  /** The clock's milliseconds now. */
  now: number;
  /** A snapshot that is older should have been read again. */
  overdueSeconds: number;
  /** A snapshot that is older is not served any more. */
  staleLimitSeconds: number;
}

/** The snapshot as long as it may be served. */
export function servable(
  { snapshot }: Pick<Holding, 'snapshot'>,
  { now, staleLimitSeconds }: Judgement,
): Snapshot | undefined {
  return snapshot && now - snapshot.asOf <= staleLimitSeconds * 1000 ? snapshot : undefined;
}

/** How old an answer made of these snapshots is. There must be one at least. */
export function freshnessOf(snapshots: readonly Snapshot[], stale: boolean, { source, now }: Judgement): Freshness {
  const oldest = snapshots.reduce((a, b) => (b.asOf < a.asOf ? b : a));
  return { asOf: oldest.date.toISOString(), ageSeconds: wholeSeconds(now - oldest.asOf), stale, source };
}

/** Whether the subscription should have been read again by now. */
export function isStale({ snapshot, failure }: Holding, { now, overdueSeconds }: Judgement): boolean {
  return failure !== undefined || snapshot === undefined || now - snapshot.asOf > overdueSeconds * 1000;
}

/** What to tell of a subscription that is missing from an answer, or failed to be read again; `undefined` if nothing. */
export function errorOf(holding: Holding, judgement: Judgement): SubscriptionError | undefined {
  const { subscription, snapshot, failure } = holding;
  const { subscriptionId } = subscription;
  const served = servable(holding, judgement) !== undefined;
  const retryAfterSeconds = secondsToNextReading(holding, judgement.now);
  if (failure) return { subscriptionId, ...statusOf(failure), served, retryAfterSeconds };
  if (snapshot === undefined) return { subscriptionId, status: 503, code: 'NotLoadedYet', served, retryAfterSeconds };
  if (!served) return { subscriptionId, status: 503, code: 'TooOld', served, retryAfterSeconds };
  return undefined;
}

/** What to tell of a subscription that is none of ours. */
export function unknownSubscription(subscriptionId: string): SubscriptionError {
  return { subscriptionId, status: 404, code: 'SubscriptionNotFound', served: false };
}

/** Whole seconds until the subscription is read again, at least one. */
export function secondsToNextReading({ nextReadingAt = 0 }: Holding, now: number): number {
  return Math.max(1, Math.ceil((nextReadingAt - now) / 1000));
}

function wholeSeconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1000));
}

/**
 * Where Azure or Entra refused, their own status and code; else the nearest words of ours. What libraries call a
 * failure is for the log.
 */
function statusOf({ reason, evidence }: SourceFailure): { status: number; code: string } {
  const [status, code] = words[reason];
  const { status: answered = 0, code: told = code } = evidence;
  const refused = answered >= 400;
  return { status: refused ? answered : status, code: refused || told.startsWith('AADSTS') ? told : code };
}

const words: Readonly<Record<FailureReason, readonly [status: number, code: string]>> = {
  throttled: [429, 'Throttled'],
  forbidden: [403, 'Forbidden'],
  unauthenticated: [401, 'Unauthenticated'],
  'federation-pending': [401, 'FederationPending'],
  'not-found': [404, 'SubscriptionNotFound'],
  refused: [400, 'Refused'],
  unavailable: [503, 'Unavailable'],
  'invalid-answer': [502, 'InvalidAnswer'],
  timeout: [504, 'Timeout'],
  unexpected: [500, 'Unexpected'],
};
