const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text is an id as they are kept; Postgres would refuse a whole statement for one that is not. */
export function isUserId(text: string): boolean {
  return uuid.test(text);
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether a text is a time as they are compared: ISO 8601 in UTC with milliseconds, of a day that exists. */
export function isInstant(text: string): boolean {
  if (!instant.test(text) || text.startsWith('0000')) return false; // Postgres knows no year 0
  const read = new Date(text);
  return !Number.isNaN(read.getTime()) && read.toISOString() === text;
}
