type Header = (name: string) => string | undefined;

/**
 * Reads how long Azure asks to be left alone: milliseconds in headers of its own, seconds or a date in the standard
 * one (RFC 9110, 10.2.3). What cannot be read counts as not said.
 */
export function retryAfterSeconds(header: Header, now = Date.now): number | undefined {
  const milliseconds = header('retry-after-ms') ?? header('x-ms-retry-after-ms');
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds) / 1000;
  const value = header('retry-after');
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now()) / 1000);
}

/** Reads when Resource Graph permits queries again, `hh:mm:ss`; what cannot be read counts as not said. */
export function quotaResetSeconds(header: Header): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)/.exec(header('x-ms-user-quota-resets-after') ?? '') ?? [];
  return seconds === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
