import type { ResourceGroupNames } from '@seaworthy/contracts/groupz';
import type { ProblemDetails } from '@seaworthy/contracts/problem';

/** An answer of groupz that is no success. */
export class GroupzError extends Error {
  override readonly name = 'GroupzError';
  readonly status: number;
  readonly problem: ProblemDetails;
  /** When to ask again, where groupz says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: ProblemDetails, retryAfter: string | null) {
    super([problem.title, problem.detail].filter(Boolean).join(': '));
    this.status = problem.status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

interface GroupzClientOptions {
  /** Where the service is, with whatever path stands before `/groupz`. */
  baseUrl: string;
  /** An access token, asked for before each request. */
  token?: () => string | Promise<string>;
  fetch?: typeof globalThis.fetch;
}

/** A typed caller of groupz. */
export type GroupzClient = ReturnType<typeof groupzClient>;

/** Calls groupz at `baseUrl`. Its function throws `GroupzError`, and what `fetch` throws when nobody answers. */
export function groupzClient({ baseUrl, token, fetch = globalThis.fetch }: GroupzClientOptions) {
  const url = `${baseUrl.replace(/\/$/, '')}/groupz`;
  return {
    /** The names of all resource groups, and how many seconds ago they were read. */
    async listGroups(): Promise<{ names: ResourceGroupNames; ageSeconds: number }> {
      const accept = 'application/json, application/problem+json';
      const headers = { accept, ...(token && { authorization: `Bearer ${await token()}` }) };
      const response = await fetch(url, { headers });
      if (!response.ok) throw new GroupzError(await problemOf(response), response.headers.get('retry-after'));
      const names = (await response.json()) as ResourceGroupNames;
      return { names, ageSeconds: Number(response.headers.get('age')) };
    },
  };
}

/** A gateway in between may answer with something else than a problem. */
async function problemOf(response: Response): Promise<ProblemDetails> {
  if (response.headers.get('content-type')?.startsWith('application/problem+json'))
    return (await response.json()) as ProblemDetails;
  return { type: 'about:blank', title: response.statusText || 'Not a problem document', status: response.status };
}
