/** A user as every contestant answers it; this service adds a version. */
export type KnownUser = {
  id: string;
  email: string;
  displayName: string;
  status: string;
  createdAt: string;
  updatedAt: string;
};

const firstCreated = Date.UTC(2026, 0, 1);

/** Everything that is created later than this was created by the bench. */
export const lastSeeded = '2026-06-01T00:00:00Z';

/** The columns of a row in SQL, where `n` counts the rows from 0; `userAt` says the same in JavaScript. */
export const formulas: Readonly<Record<string, string>> = {
  id: `(lpad(to_hex(${firstCreated} + n * 1000), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid`,
  email: `'user-' || n || '@example.com'`,
  display_name: `'User ' || n`,
  status: `'active'`,
  created_at: `to_timestamp(${firstCreated / 1000} + n)`,
  updated_at: `to_timestamp(${firstCreated / 1000} + n)`,
  version: '1',
};

/** The user in row `n`. Ids and times rise with `n`. */
export function userAt(n: number): KnownUser {
  const milliseconds = firstCreated + n * 1000;
  const hex = `${milliseconds.toString(16).padStart(12, '0')}70008000${n.toString(16).padStart(12, '0')}`;
  const at = new Date(milliseconds).toISOString();
  return {
    id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    email: `user-${n}@example.com`,
    displayName: `User ${n}`,
    status: 'active',
    createdAt: at,
    updatedAt: at,
  };
}
