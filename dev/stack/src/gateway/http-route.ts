import { faultsOf } from '@seaworthy/chassis/validation';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parseAllDocuments } from 'yaml';

// Closed on purpose: what the development gateway cannot honour is a mistake to be told, never passed over.
const closed = { additionalProperties: false } as const;

const duration = Type.String({ pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$' });

const PathMatch = Type.Object(
  {
    type: Type.Enum(['Exact', 'PathPrefix'], { default: 'PathPrefix' }),
    value: Type.String({ pattern: '^/', default: '/' }),
  },
  closed,
);

const BackendRef = Type.Object(
  {
    group: Type.Optional(Type.Literal('')),
    kind: Type.Optional(Type.Literal('Service')),
    name: Type.String(),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  },
  closed,
);

const Rule = Type.Object(
  {
    name: Type.Optional(Type.String()),
    matches: Type.Array(Type.Object({ path: PathMatch }, closed), { minItems: 1 }),
    backendRefs: Type.Array(BackendRef, { minItems: 1, maxItems: 1 }),
    timeouts: Type.Optional(Type.Object({ request: duration }, closed)),
  },
  closed,
);

/** The part of a Gateway API HTTPRoute that the development gateway understands. */
export const HttpRoute = Type.Object(
  {
    apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
    kind: Type.Literal('HTTPRoute'),
    metadata: Type.Object({ name: Type.String() }),
    spec: Type.Object({ parentRefs: Type.Array(Type.Unknown()), rules: Type.Array(Rule, { minItems: 1 }) }, closed),
  },
  closed,
);
export type HttpRoute = Static<typeof HttpRoute>;

/**
 * Reads one manifest.
 * @throws Error naming the file and every place in it that the development gateway does not understand
 */
export function readHttpRoute(text: string, file: string): HttpRoute {
  const [document, ...others] = parseAllDocuments(text);
  if (!document || !('errors' in document) || others.length > 0) throw new Error(`${file} must hold one object`);
  const [mistake] = document.errors;
  if (mistake) throw new Error(`${file} is not valid YAML: ${mistake.message}`);
  const value: unknown = Value.Default(HttpRoute, withDefaultMatches(document.toJS()));
  if (Value.Check(HttpRoute, value)) return value;
  const faults = faultsOf([...Value.Errors(HttpRoute, value)]);
  const lines = faults.map(({ pointer, detail }) => `\n  ${pointer || '/'} ${detail}`);
  throw new Error(`${file} holds what the development gateway cannot honour:${lines.join('')}`);
}

/** A rule without matches, and a match without a path, mean every path (Gateway API, HTTPRouteRule). */
function withDefaultMatches(value: unknown): unknown {
  const rules = (value as { spec?: { rules?: unknown } } | null)?.spec?.rules;
  if (!Array.isArray(rules)) return value;
  for (const rule of rules) {
    if (typeof rule !== 'object' || rule === null) continue;
    rule.matches ??= [{}];
    for (const match of [rule.matches].flat()) if (typeof match === 'object' && match !== null) match.path ??= {};
  }
  return value;
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of a Gateway API duration (GEP-2257), such as `1m30s`. */
export function millisecondsOf(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[hms])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0);
}
