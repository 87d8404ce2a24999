/** A schema without its descriptions: most of its bytes, and nothing that validates. */
export function withoutProse<T>(value: T, isNames = false): T {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  // A property may be called `description`, too.
  const entries = Object.entries(value).filter(
    ([key, it]) => isNames || key !== 'description' || typeof it !== 'string',
  );
  return Object.fromEntries(entries.map(([key, it]) => [key, withoutProse(it, key === 'properties')])) as T;
}
