/** Reads a time as Postgres writes it, in whatever time zone, to the millisecond: ISO 8601 in UTC. */
export function readInstant(text: string): string {
  if (!text.endsWith('+00')) return new Date(withFullOffset(text)).toISOString();
  const seconds = `${text.slice(0, 10)}T${text.slice(11, 19)}`;
  if (text.length === wholeSeconds) return `${seconds}.000Z`;
  return `${seconds}.${text.slice(20, -3).padEnd(3, '0').slice(0, 3)}Z`;
}

const wholeSeconds = '2026-11-23 15:44:20+00'.length;

/** ISO 8601 knows `+05` only as `+05:00`. */
function withFullOffset(text: string): string {
  return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
}
