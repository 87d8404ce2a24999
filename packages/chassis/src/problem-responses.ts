import { ProblemDetails, type ProblemKind } from '@seaworthy/contracts/problem';
import { problemTable } from './problem.ts';

type StatusOf<K extends ProblemKind> = (typeof problemTable)[K]['status'];

/** A problem as a response of OpenAPI. */
export interface ProblemResponse {
  description: string;
  content: { 'application/problem+json': { schema: typeof ProblemDetails } };
}

/** The problems that a route answers by its own rules, to spread into the `response` of its schema: see OpenAPI. */
export function problemResponses<const K extends ProblemKind>(...kinds: K[]): Record<StatusOf<K>, ProblemResponse> {
  const entries = kinds.map((kind) => [problemTable[kind].status, problemResponse(problemTable[kind].title)]);
  return Object.fromEntries(entries) as Record<StatusOf<K>, ProblemResponse>;
}

/** One of them, in the words of its title. */
export function problemResponse(title: string): ProblemResponse {
  return {
    description: `${title} (RFC 9457).`,
    content: { 'application/problem+json': { schema: ProblemDetails } },
  };
}
