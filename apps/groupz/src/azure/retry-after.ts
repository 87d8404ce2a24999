type Header = (name: string) => string | undefined;

const millisecondHeaders = ['retry-after-ms', 'x-ms-retry-after-ms'];
const digits = /^\d+$/;
const seconds = /^\d+(\.\d+)?$/;
// V8 takes nearly everything for a date: `8.7`, `-5`, `5, 5`.
const httpDate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * Reads how long Azure asks to be left alone: milliseconds in headers of its own, seconds or a date in the standard
 * one (RFC 9110, 10.2.3); the longest of them. What cannot be read counts as not said.
 */
export function retryAfterSeconds(header: Header, now = Date.now): number | undefined {
  const asked = [standardSeconds(header('retry-after')?.trim(), now)];
  for (const name of millisecondHeaders) {
    const milliseconds = header(name)?.trim() ?? '';
    if (digits.test(milliseconds)) asked.push(Number(milliseconds) / 1000);
  }
  return longest(asked);
}

/** The longest of the waits that are told, if any is. */
export function longest(waits: readonly (number | undefined)[]): number | undefined {
  const told = waits.filter((wait) => wait !== undefined);
  return told.length === 0 ? undefined : Math.max(...told);
}

function standardSeconds(value = '', now: () => number): number | undefined {
  if (seconds.test(value)) return Math.ceil(Number(value));
  const date = httpDate.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now()) / 1000);
}

/** Reads when Resource Graph permits queries again, `hh:mm:ss`; what cannot be read counts as not said. */
export function quotaResetSeconds(header: Header): number | undefined {
  const [, hours, minutes, rest] = /^(\d+):(\d\d):(\d\d)/.exec(header('x-ms-user-quota-resets-after') ?? '') ?? [];
  return rest === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}
