/** Reads a time as Postgres writes it, in whatever time zone, to the millisecond: ISO 8601 in UTC. */
export function readInstant(text: string): string {
  if (!text.endsWith('+00')) return new Date(withFullOffset(text)).toISOString();
  const [day, time] = [text.slice(0, 10), text.slice(11, 19)];
  return `${day}T${time}.${text.slice(20, -3).padEnd(3, '0').slice(0, 3)}Z`;
}

/** ISO 8601 knows `+05` only as `+05:00`. */
function withFullOffset(text: string): string {
  return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
}
