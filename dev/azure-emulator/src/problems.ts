import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

type Problem = ReturnType<typeof Value.Errors>[number];

/** What keeps the value from fitting the schema, each line beginning with the JSON pointer of the place; empty if it fits. */
export function problemsOf(schema: TSchema, value: unknown): string[] {
  if (Value.Check(schema, value)) return [];
  const problems = Value.Errors(schema, value).filter(({ keyword }) => keyword !== 'additionalProperties');
  return [...new Set(problems.map((problem) => `${problem.instancePath || '/'} ${wording(problem)}`))];
}

function wording({ keyword, message, params }: Problem): string {
  if (keyword === 'boolean') return 'is not a known property';
  return 'allowedValues' in params ? `must be one of ${params.allowedValues.join(', ')}` : message;
}
