// Postgres keeps each prepared statement in each connection, some 20 kB of it. Our texts are fewer than this by far;
// callers who combine filters in ever new ways do not fill its memory.
const most = 200;

/** Gives each text of a statement a name of its own for as long as the process runs, beyond a limit none. */
export function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === most) return known;
    const name = `users-${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
