const mostCauses = 4;

/** What the log tells of an error. */
export interface ErrorDescription {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  cause?: ErrorDescription;
  errors?: ErrorDescription[];
}

/**
 * Describes an error for the log by what every error has, and by its code. Its other properties stay out: libraries
 * put whole requests, commands with passwords, the claims of a token or the row of a user there.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, code, cause, errors } = error as Error & { code?: unknown; errors?: unknown };
  const deeper = (inner: unknown) => describeError(inner, depth + 1);
  return {
    type: name,
    message,
    ...(stack !== undefined && { stack }),
    ...(code !== undefined && { code: String(code) }),
    ...(cause instanceof Error && depth < mostCauses && { cause: deeper(cause) }),
    ...(Array.isArray(errors) && depth < mostCauses && { errors: errors.slice(0, mostCauses).map(deeper) }),
  };
}
