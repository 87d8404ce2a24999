import { isRestError, type PipelineResponse, type RestError } from '@azure/core-rest-pipeline';
import { type Evidence, type FailureReason, SourceFailure } from '../group-source.ts';
import { retryAfterSeconds } from './retry-after.ts';

const identityErrors = new Set([
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
  'AggregateAuthenticationError',
]);

const reasonsByStatus: Readonly<Record<number, FailureReason>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  429: 'throttled',
};

/** Translates whatever the SDKs throw; what is none of their errors comes from an answer that they could not read. */
export function failureOfError(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error;
  if (isRestError(error)) return ofRestError(error);
  if (error instanceof Error && identityErrors.has(error.name)) return ofIdentityError(error);
  return new SourceFailure('invalid-answer', 'The answer is not a list of resource groups.', { cause: error });
}

/** Translates an answer other than 200, with Azure's own words: the SDK's error has only the code of them. */
export function failureOfResponse({ status, headers, bodyAsText }: PipelineResponse): SourceFailure {
  const { code, message = `Azure answered with status ${status}.` } = azureError(bodyAsText);
  const evidence = evidenceOf({ code, status, requestId: headers.get('x-ms-request-id') });
  const reason = status >= 500 ? 'unavailable' : (reasonsByStatus[status] ?? 'refused');
  return new SourceFailure(reason, brief(message), {
    evidence,
    retryAfterSeconds: retryAfterSeconds((name) => headers.get(name)),
  });
}

function azureError(body: string | null | undefined): { code?: string; message?: string } {
  try {
    const { error } = JSON.parse(body ?? '') as { error?: { code?: unknown; message?: unknown } };
    return {
      ...(typeof error?.code === 'string' && { code: error.code }),
      ...(typeof error?.message === 'string' && { message: error.message }),
    };
  } catch {
    return {}; // a gateway's page in place of Azure's answer
  }
}

function ofRestError(cause: RestError): SourceFailure {
  const { code, statusCode: status, response, message } = cause;
  const evidence = evidenceOf({ code, status, requestId: response?.headers.get('x-ms-request-id') });
  if (code !== 'PARSE_ERROR') return new SourceFailure('unavailable', brief(message), { evidence, cause });
  // Its message holds the whole body.
  return new SourceFailure('invalid-answer', 'The answer is not valid JSON.', { evidence });
}

function ofIdentityError(cause: Error): SourceFailure {
  const { message, name } = cause;
  const [, trace] = /Trace ID: ([0-9a-f-]{36})/.exec(message) ?? [];
  const evidence = evidenceOf({ code: /AADSTS\d+/.exec(message)?.[0] ?? name, requestId: trace });
  return new SourceFailure('unauthenticated', brief(message.split(/\s*Trace ID:/, 1)[0] ?? ''), { evidence, cause });
}

function evidenceOf(found: { [Key in keyof Evidence]: Evidence[Key] | undefined }): Evidence {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function brief(message: string): string {
  return message.replaceAll(/\s+/g, ' ').slice(0, 400);
}
