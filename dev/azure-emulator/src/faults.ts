import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

export const FaultTarget = Type.Enum(['arm', 'graph', 'entra', 'imds']);
export type FaultTarget = Static<typeof FaultTarget>;

const narrowing = {
  method: Type.Optional(Type.String({ pattern: '^[A-Z]{1,20}$' })),
  path: Type.Optional(Type.String({ pattern: '^/' })),
  subscription: Type.Optional(Type.String({ minLength: 1 })),
};
const counting = {
  times: Type.Optional(Type.Integer({ minimum: 1 })),
  skip: Type.Optional(Type.Integer({ minimum: 0 })),
};
const common = { match: Type.Object({ target: FaultTarget, ...narrowing }, closed), ...counting };
const armOnly = { match: Type.Object({ target: Type.Literal('arm'), ...narrowing }, closed), ...counting };
const entraOnly = { match: Type.Object({ target: Type.Literal('entra'), ...narrowing }, closed), ...counting };
const bearer = {
  match: Type.Object({ target: Type.Enum(['arm', 'graph']), ...narrowing }, closed),
  ...counting,
};

const StatusFault = Type.Object(
  {
    ...common,
    kind: Type.Literal('status'),
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    code: Type.Optional(Type.String({ pattern: '^[\\w.-]{1,100}$' })),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Refuses again what comes before `retryAfterSeconds` are over, and starts them anew. */
    hold: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type StatusFault = Static<typeof StatusFault>;

/** The ways a bearer token is refused although it is good. */
const TokenFault = Type.Object(
  {
    ...bearer,
    kind: Type.Union([Type.Literal('expired-token'), Type.Literal('revoked-token'), Type.Literal('cae-challenge')]),
  },
  closed,
);

/** Entra does not know the application's federated credential yet. */
const FederationFault = Type.Object({ ...entraOnly, kind: Type.Literal('federation-pending') }, closed);

/** The faults that are answered instead of the request, in the words of the service. */
export type RefusingFault = StatusFault | Static<typeof TokenFault> | Static<typeof FederationFault>;

/** The clock of one service is off while the fault stands: it is a state, so nothing counts it. */
const ClockSkew = Type.Object(
  {
    match: Type.Object({ target: Type.Enum(['arm', 'entra']) }, closed),
    kind: Type.Literal('clock-skew'),
    /** Positive: the service is ahead of the caller. */
    seconds: Type.Integer({ minimum: -31_536_000, maximum: 31_536_000 }),
  },
  closed,
);

/**
 * What to do to which requests. `skip` lets the first so many pass; `times` is how often, and without it until the
 * fault is deleted.
 */
export const FaultRequest = Type.Union([
  StatusFault,
  TokenFault,
  FederationFault,
  ClockSkew,
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
  Type.Object({ ...bearer, kind: Type.Literal('repeat-next-link') }, closed),
  Type.Object({ ...armOnly, kind: Type.Literal('remaining-reads'), value: Type.Integer({ minimum: 0 }) }, closed),
]);
export type FaultRequest = Static<typeof FaultRequest>;
export type Fault = FaultRequest & { readonly id: string; readonly hits: number };

export const FAULT_KINDS = [
  'status',
  'delay',
  'truncate',
  'drop',
  'foreign-next-link',
  'repeat-next-link',
  'remaining-reads',
  'expired-token',
  'revoked-token',
  'cae-challenge',
  'federation-pending',
  'clock-skew',
] as const;
