import { randomUUID } from 'node:crypto';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

export const FaultTarget = Type.Enum(['arm', 'entra', 'imds']);
export type FaultTarget = Static<typeof FaultTarget>;

const match = Type.Object(
  {
    target: FaultTarget,
    path: Type.Optional(Type.String({ pattern: '^/' })),
    subscription: Type.Optional(Type.String({ minLength: 1 })),
  },
  closed,
);
const armMatch = Type.Object({ ...match.properties, target: Type.Literal('arm') }, closed);
const times = Type.Optional(Type.Integer({ minimum: 1 }));
const common = { match, times };
const armOnly = { match: armMatch, times };

const StatusFault = Type.Object(
  {
    ...common,
    kind: Type.Literal('status'),
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    code: Type.Optional(Type.String({ pattern: '^[\\w.-]{1,100}$' })),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export type StatusFault = Static<typeof StatusFault>;

/** The ways a bearer token is refused although it is good. */
const TokenFault = Type.Object(
  {
    ...armOnly,
    kind: Type.Union([Type.Literal('expired-token'), Type.Literal('revoked-token'), Type.Literal('cae-challenge')]),
  },
  closed,
);
export type TokenFault = Static<typeof TokenFault>;

/** What to do to which requests. `times` is how often; without it, until the fault is deleted. */
export const FaultRequest = Type.Union([
  StatusFault,
  TokenFault,
  Type.Object(
    { ...common, kind: Type.Literal('delay'), milliseconds: Type.Integer({ minimum: 0, maximum: 300_000 }) },
    closed,
  ),
  Type.Object({ ...common, kind: Type.Literal('truncate') }, closed),
  Type.Object({ ...common, kind: Type.Literal('drop') }, closed),
  Type.Object(
    {
      ...armOnly,
      kind: Type.Literal('foreign-next-link'),
      origin: Type.Optional(Type.String({ pattern: '^https?://[^/\\s]+$' })),
    },
    closed,
  ),
]);
export type FaultRequest = Static<typeof FaultRequest>;
export type Fault = FaultRequest & { readonly id: string; readonly hits: number };

export const FAULT_KINDS = [
  'status',
  'delay',
  'truncate',
  'drop',
  'foreign-next-link',
  'expired-token',
  'revoked-token',
  'cae-challenge',
] as const;

interface FaultSubject {
  readonly target: FaultTarget;
  /** Without the query. */
  readonly path: string;
}

/** The faults that were asked for, in that order. The first that matches a request is the one it meets. */
export class FaultBook {
  #faults: Fault[] = [];

  get all(): readonly Fault[] {
    return this.#faults;
  }

  add(request: FaultRequest): Fault {
    const fault = { ...request, id: randomUUID(), hits: 0 };
    this.#faults.push(fault);
    return fault;
  }

  /** The fault this request meets, counted; a fault that has been met `times` times is gone. */
  take(subject: FaultSubject): Fault | undefined {
    const fault = this.#faults.find((each) => matches(each, subject));
    if (fault === undefined) return undefined;
    const met: Fault = { ...fault, hits: fault.hits + 1 };
    const spent = met.times !== undefined && met.hits >= met.times;
    this.#faults = this.#faults.flatMap((each) => (each === fault ? (spent ? [] : [met]) : [each]));
    return met;
  }

  /** Whether there was such a fault to remove. */
  remove(id: string): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
  }
}

function matches(fault: Fault, subject: FaultSubject): boolean {
  const { target, path = '/', subscription } = fault.match;
  const actual = subject.path.toLowerCase();
  return (
    target === subject.target &&
    actual.startsWith(path.toLowerCase()) &&
    (subscription === undefined || actual.split('/')[2] === subscription.toLowerCase())
  );
}
