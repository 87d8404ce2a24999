/** Channels by name, where `*` stands for any characters: `orders.*`. */
export function channelPattern(patterns: readonly string[]): (name: string) => boolean {
  const [names, wild] = [new Set<string>(), [] as string[][]];
  for (const pattern of patterns)
    if (pattern.includes('*')) wild.push(pattern.split('*'));
    else names.add(pattern);
  return (name) => names.has(name) || wild.some((parts) => matches(name, parts));
}

/** Each part at the first place where it fits: a regular expression would try all, and some patterns are made by others. */
function matches(name: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop() ?? '';
  const end = name.length - last.length;
  let at = first.length;
  if (at > end || !name.startsWith(first) || !name.endsWith(last)) return false;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
