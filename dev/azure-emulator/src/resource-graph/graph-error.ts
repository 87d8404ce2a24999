import { randomUUID } from 'node:crypto';
import { ArmError } from '../arm-error.ts';
import type { QueryError } from './query-error.ts';

interface Detail {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly characterPositionInLine?: number;
  readonly token?: string;
}

/** A refusal as Resource Graph sends it: the reason stands in the details. */
export function graphError(...details: Detail[]): ArmError {
  return new ArmError('BadRequest', supportMessage(), { details });
}

/** The refusal of a query that is not answered, with the place of the mistake. */
export function invalidQuery({ code, message, at }: QueryError): ArmError {
  const advice =
    'Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.';
  const place = { line: at.line, characterPositionInLine: at.character, token: at.text };
  return graphError({ code: 'InvalidQuery', message: `Query is invalid. ${advice}` }, { code, message, ...place });
}

/** The refusal of a caller whose quota is spent. */
export function rateLimited(retryAfter: number): ArmError {
  const told = 'Client application has been throttled and should not attempt to repeat the request until an amount';
  const message = `${told} of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.`;
  return new ArmError('RateLimiting', supportMessage(), {
    headers: { 'retry-after': String(retryAfter) },
    details: [{ code: 'RateLimiting', message }],
  });
}

function supportMessage(): string {
  const [timestamp, correlationId] = [new Date().toISOString(), randomUUID()];
  return `Please provide below info when asking for support: timestamp = ${timestamp}, correlationId = ${correlationId}.`;
}
