import type { ProblemDetails } from '@seaworthy/contracts/problem';

/** An answer of a service that is no success. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status: number;
  readonly problem: ProblemDetails;
  /** When to ask again, where the service says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: ProblemDetails, retryAfter: string | null) {
    super([problem.title, problem.detail].filter(Boolean).join(': '));
    this.status = problem.status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

export interface CallerOptions {
  /** Where the service is, with whatever path stands before its own. */
  baseUrl: string;
  /** An access token, asked for before each request. */
  token?: () => string | Promise<string>;
  fetch?: typeof globalThis.fetch;
}

/** What a request says besides its path. */
export interface Message {
  body?: object | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Sends JSON and takes a success. The function that it returns throws `ServiceError`, and what `fetch` throws. */
export function httpCaller({ baseUrl, token, fetch = globalThis.fetch }: CallerOptions) {
  const base = baseUrl.replace(/\/$/, '');
  return async (method: string, path: string, { body, headers: own }: Message = {}): Promise<Response> => {
    const headers = {
      accept: 'application/json, application/problem+json',
      ...(token && { authorization: `Bearer ${await token()}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...own,
    };
    const response = await fetch(`${base}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (response.ok) return response;
    throw new ServiceError(await problemOf(response), response.headers.get('retry-after'));
  };
}

/** Gateways between us and the service answer in formats of their own. */
async function problemOf(response: Response): Promise<ProblemDetails> {
  const { status, statusText } = response;
  const text = await response.text();
  const ours = response.headers.get('content-type')?.startsWith('application/problem+json');
  return ours
    ? (JSON.parse(text) as ProblemDetails)
    : { type: 'about:blank', title: statusText || `${status}`, status };
}
