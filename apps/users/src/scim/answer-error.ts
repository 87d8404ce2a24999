import { beginProblem } from '@seaworthy/chassis/errors';
import type { Problem } from '@seaworthy/chassis/problem';
import type { ProblemKind } from '@seaworthy/contracts/problem';
import { Refusal, type ScimType } from './refusal.ts';
import { type Reply, type Request, sendScim } from './scim-answers.ts';

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
const badRequest = 400;
const notImplemented = 501;

/** What problems of the domain and of the chassis are in the words of SCIM; most have no word of their own. */
const scimTypes: Partial<Record<ProblemKind, ScimType>> = {
  'bad-request': 'invalidSyntax',
  invalid: 'invalidValue',
  conflict: 'uniqueness',
};

/** Answers any error as RFC 7644, section 3.12 has it. */
export function answerScimError(error: unknown, request: Request, reply: Reply): Reply {
  const problem = beginProblem(error, request, reply);
  // SCIM has no other status for a body that it understands and cannot take.
  if (problem.kind === 'invalid') reply.code(badRequest);
  const scimType = problem instanceof Refusal ? problem.scimType : scimTypes[problem.kind];
  return sendScim(reply, errorBody(reply.statusCode, detailOf(problem), scimType));
}

/** Answers what SCIM provides for and this service does not have (RFC 7644, sections 3.7 and 3.11). */
export function answerNotImplemented(_request: Request, reply: Reply): Reply {
  return sendScim(reply.code(notImplemented), errorBody(notImplemented, 'This service does not provide this.'));
}

function detailOf({ message, errors = [] }: Problem): string {
  return [message, ...errors.map(({ pointer, detail }) => `${pointer} ${detail}.`)].join(' ').trim();
}

function errorBody(status: number, detail: string, scimType?: ScimType) {
  return {
    schemas: [errorUrn],
    status: String(status),
    ...(scimType && { scimType }),
    ...(detail && { detail }),
  };
}
