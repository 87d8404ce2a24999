import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Fault, FaultRequest, FaultTarget } from './faults.ts';
import { createRetryWindows, type RetryWindows } from './retry-windows.ts';

type ClockSkew = Extract<Fault, { kind: 'clock-skew' }>;
type MeetableFault = Exclude<Fault, ClockSkew>;

interface FaultSubject {
  readonly target: FaultTarget;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

interface Standing {
  readonly fault: Fault;
  /** Matching requests that were let pass, up to the fault's `skip`. */
  readonly skipped: number;
}

interface Wait {
  readonly fault: MeetableFault;
  readonly windows: RetryWindows;
}

/** The faults that were asked for, in that order. The first that matches a request is the one it meets. */
export class FaultBook {
  #standing: Standing[] = [];
  /** Status faults that told somebody to wait; they outlive the fault, as ARM's refusals outlive the full bucket. */
  #waits: Wait[] = [];
  /** Early requests of waits that are gone. */
  #earlier = 0;
  readonly #clock: Clock;

  constructor(clock: Clock = Date.now) {
    this.#clock = clock;
  }

  get all(): readonly Fault[] {
    return this.#standing.map(({ fault }) => fault);
  }

  /** Requests that came although a fault had told their subscription to wait longer. */
  get earlyRetries(): number {
    return this.#waits.reduce((sum, { windows }) => sum + windows.early, this.#earlier);
  }

  add(request: FaultRequest): Fault {
    const fault: Fault = { ...request, id: randomUUID(), hits: 0 };
    this.#standing.push({ fault, skipped: 0 });
    return fault;
  }

  /** The fault this request meets, counted; a fault that has been met `times` times is gone. */
  take(subject: FaultSubject): MeetableFault | undefined {
    const held = this.#held(subject);
    if (held !== undefined) return held;
    for (const each of this.#standing) {
      const { fault, skipped } = each;
      if (fault.kind === 'clock-skew' || !matches(fault, subject)) continue;
      if (skipped < (fault.skip ?? 0)) this.#replace(each, [{ fault, skipped: skipped + 1 }]);
      else return this.#meet(each, fault, subject);
    }
    return undefined;
  }

  /** How far the clock of the service is off, in seconds. */
  skewOf(target: FaultTarget): number {
    const skew = this.all.find((fault): fault is ClockSkew => fault.kind === 'clock-skew' && fits(fault, target));
    return skew?.seconds ?? 0;
  }

  /** Whether there was such a fault to remove. */
  remove(id: string): boolean {
    const before = this.#standing.length;
    this.#standing = this.#standing.filter(({ fault }) => fault.id !== id);
    this.#endWaits(({ fault }) => fault.id === id);
    return this.#standing.length < before;
  }

  clear(): void {
    this.#standing = [];
    this.#endWaits(() => true);
  }

  /** Clears it, and forgets what it counted. */
  reset(): void {
    this.clear();
    this.#earlier = 0;
  }

  #endWaits(isOver: (wait: Wait) => boolean): void {
    for (const { windows } of this.#waits.filter(isOver)) this.#earlier += windows.early;
    this.#waits = this.#waits.filter((wait) => !isOver(wait));
  }

  #meet(standing: Standing, fault: MeetableFault, subject: FaultSubject): MeetableFault {
    const met = { ...fault, hits: fault.hits + 1 };
    const spent = met.times !== undefined && met.hits >= met.times;
    this.#replace(standing, spent ? [] : [{ ...standing, fault: met }]);
    if (met.kind === 'status' && met.retryAfterSeconds) {
      this.#windowsOf(met).refuse(subscriptionOf(subject), met.retryAfterSeconds);
    }
    return met;
  }

  /** The fault whose wait the request did not keep, if it holds; a wait that does not hold only counts. */
  #held(subject: FaultSubject): MeetableFault | undefined {
    const broken = this.#waits.filter(
      ({ fault, windows }) => matches(fault, subject) && windows.isEarly(subscriptionOf(subject)),
    );
    return broken.find(({ fault }) => fault.kind === 'status' && fault.hold)?.fault;
  }

  #windowsOf(fault: MeetableFault): RetryWindows {
    const known = this.#waits.find((wait) => wait.fault.id === fault.id);
    if (known !== undefined) return known.windows;
    const windows = createRetryWindows(this.#clock);
    this.#waits.push({ fault, windows });
    return windows;
  }

  #replace(old: Standing, by: Standing[]): void {
    this.#standing = this.#standing.flatMap((each) => (each === old ? by : [each]));
  }
}

function matches(fault: MeetableFault, subject: FaultSubject): boolean {
  const { target, method, path = '/', subscription } = fault.match;
  // Only a request for a token presents an assertion.
  if (fault.kind === 'federation-pending' && subject.method !== 'POST') return false;
  return (
    target === subject.target &&
    (method === undefined || method === subject.method) &&
    [subject.path, decoded(subject.path)].some((actual) => actual.toLowerCase().startsWith(path.toLowerCase())) &&
    (subscription === undefined || subscription.toLowerCase() === subscriptionOf(subject))
  );
}

/** Resource Graph stands behind ARM and has its clock. */
function fits({ match }: ClockSkew, target: FaultTarget): boolean {
  return match.target === (target === 'graph' ? 'arm' : target);
}

function subscriptionOf({ path }: FaultSubject): string {
  const [, collection, id = ''] = path.toLowerCase().split('/');
  return collection === 'subscriptions' ? id : '';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
