import type { ErrorObject } from 'ajv';
import { type Check, fault } from '../manifest.ts';
import { validators } from '../schema/kinds.ts';

const rule = 'schema';
const validatorOf = validators();

/** Every object is one that Kubernetes 1.36, or the definition of its kind, takes; unknown fields are faults. */
export const validSchema: Check = (rendered) =>
  rendered.flatMap((each) => {
    const { apiVersion, kind } = each.object;
    const validate = validatorOf(apiVersion, kind);
    if (!validate) {
      const why = `no schema is known of ${kind} in ${apiVersion}: a slip, or add it to deploy/test/src/schemas.ts`;
      return [fault(each, 'kind', { rule, why })];
    }
    if (validate(withoutNulls(each.object))) return [];
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if');
    return errors.map((error) => fault(each, fieldOf(error), { rule, why: describe(error) }));
  });

/** As the API server reads them: a field that is null is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, it]) => it !== null);
  return Object.fromEntries(entries.map(([key, it]) => [key, withoutNulls(it)]));
}

function fieldOf({ instancePath, params }: ErrorObject): string {
  const path = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/');
  const { additionalProperty, missingProperty } = params as Record<string, string | undefined>;
  return [path, additionalProperty ?? missingProperty].filter(Boolean).join('.');
}

function describe({ keyword, message = '', params }: ErrorObject): string {
  if (keyword === 'additionalProperties') return 'is unknown there';
  if (keyword === 'required') return 'is missing';
  if (keyword === 'enum') return `must be one of ${(params as { allowedValues: string[] }).allowedValues.join(', ')}`;
  return message;
}
