import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

const earliest = '0001-01-01T00:00:00.000Z';
const latest = '9999-12-31T23:59:59.999Z';
const written = Compile(Type.String({ format: 'date-time' }));

/**
 * A time that a caller wrote (RFC 3339), as times are kept: ISO 8601 in UTC with milliseconds, which compare like text.
 * Without an offset, which SCIM leaves open (RFC 7643, section 2.3.5), it is in UTC. Years that four digits cannot tell
 * are brought to the nearest that they can. `undefined` for what is no time: `Date` alone reads a year out of anything.
 */
export function instantOf(text: string): string | undefined {
  const complete = /(?:z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`;
  const milliseconds = written.Check(complete) ? Date.parse(complete) : Number.NaN;
  if (Number.isNaN(milliseconds)) return undefined;
  const clamped = Math.min(Math.max(milliseconds, Date.parse(earliest)), Date.parse(latest));
  return new Date(clamped).toISOString();
}
