/** A rule of the firewall that had something against a request. */
export interface Finding {
  rule: string;
  message: string;
  /** The path of the request. */
  path: string;
}

const entry = /ModSecurity: .*\[id "(\d+)"\].*\[msg "([^"]*)"\].*\[uri "([^"]*)"\]/;

/** What ModSecurity has written into nginx's log, in order; for a refused request the last one is its score (949110). */
export function findingsIn(log: string): Finding[] {
  return log.split('\n').flatMap((line) => {
    const [, rule, message, path] = entry.exec(line) ?? [];
    return rule && path ? [{ rule, message: message ?? '', path }] : [];
  });
}

/** One line for each rule, the most frequent first: how often, which, what it says, and the path it said it of last. */
export function describeFindings(findings: readonly Finding[]): string[] {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  return [...byRule.values()]
    .toSorted((a, b) => b.length - a.length)
    .map((all) => ({ times: all.length, last: all.at(-1) }))
    .map(({ times, last }) => `${String(times).padStart(5)} x ${last?.rule} ${last?.message} (${last?.path})`);
}
