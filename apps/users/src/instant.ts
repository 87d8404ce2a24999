const earliest = '0001-01-01T00:00:00.000Z';
const latest = '9999-12-31T23:59:59.999Z';

/**
 * A time that a caller wrote (RFC 3339), as times are kept: ISO 8601 in UTC with milliseconds, which compare like text.
 * Years that four digits cannot tell are brought to the nearest that they can. `undefined` for what is no time.
 */
export function instantOf(text: string): string | undefined {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return undefined;
  const clamped = Math.min(Math.max(milliseconds, Date.parse(earliest)), Date.parse(latest));
  return new Date(clamped).toISOString();
}
