import { isRestError, type PipelineResponse, type RestError } from '@azure/core-rest-pipeline';
import { type Evidence, type FailureReason, SourceFailure } from '../source-failure.ts';
import { longest, quotaResetSeconds, retryAfterSeconds } from './retry-after.ts';
import { brief } from './safe-message.ts';

const reasonsByStatus: Readonly<Record<number, FailureReason>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  429: 'throttled',
};

const longestCode = 100;

/** Translates whatever the SDKs throw; what is none of their errors comes from an answer that they could not read. */
export function failureOfError(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error;
  if (isRestError(error)) return ofRestError(error);
  return new SourceFailure('invalid-answer', 'The answer does not have the shape that Azure documents.', {
    cause: error,
  });
}

/** Translates an answer other than 200, with Azure's own words: the SDK's error has only the code of them. */
export function failureOfResponse({ status, headers, bodyAsText }: PipelineResponse): SourceFailure {
  const { code, message = `Azure answered with status ${status}.` } = azureError(bodyAsText);
  const evidence = evidenceOf({ code, status, requestId: headers.get('x-ms-request-id') });
  const reason = status >= 500 ? 'unavailable' : (reasonsByStatus[status] ?? 'refused');
  const asked = askedSeconds(status, (name) => headers.get(name));
  return new SourceFailure(reason, brief(message), { evidence, retryAfterSeconds: asked });
}

/** No time at all with a 429 counts as not said: it would be sent again and again. */
function askedSeconds(status: number, header: (name: string) => string | undefined): number | undefined {
  const asked = retryAfterSeconds(header);
  return status === 429 ? longest([asked, quotaResetSeconds(header)]) || undefined : asked;
}

/** Leaves out what is not known. */
export function evidenceOf(found: { [Key in keyof Evidence]: Evidence[Key] | undefined }): Evidence {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function azureError(body: string | null | undefined): { code?: string; message?: string } {
  try {
    const { error, error_description } = JSON.parse(body ?? '') as ErrorBody;
    if (typeof error === 'string') return texts(/AADSTS\d+/.exec(String(error_description))?.[0] ?? error, undefined);
    // Resource Graph says `BadRequest`, and what it means in the first detail.
    const code = error?.code === 'BadRequest' ? (error.details?.[0]?.code ?? error.code) : error?.code;
    return texts(code, error?.message);
  } catch {
    return {}; // a gateway's page in place of Azure's answer
  }
}

/** What Azure Resource Manager and Resource Graph say of a refusal, or Entra, whose `error` is a word. */
interface ErrorBody {
  error?: string | { code?: unknown; message?: unknown; details?: { code?: unknown }[] };
  error_description?: unknown;
}

function texts(code: unknown, message: unknown): { code?: string; message?: string } {
  return {
    ...(typeof code === 'string' && { code: code.slice(0, longestCode) }),
    ...(typeof message === 'string' && { message }),
  };
}

function ofRestError(cause: RestError): SourceFailure {
  const { code, statusCode: status, response, message } = cause;
  const evidence = evidenceOf({ code, status, requestId: response?.headers.get('x-ms-request-id') });
  // Its message holds the whole body.
  if (code === 'PARSE_ERROR') return new SourceFailure('invalid-answer', 'The answer is not valid JSON.', { evidence });
  if (code === undefined) return new SourceFailure('invalid-answer', brief(message), { evidence });
  return new SourceFailure('unavailable', brief(message), { evidence, cause });
}
