/** Channels by name, where `*` stands for any characters: `orders.*`. */
export function channelPattern(patterns: readonly string[]): (name: string) => boolean {
  const [names, wild] = [new Set<string>(), [] as RegExp[]];
  for (const pattern of patterns)
    if (pattern.includes('*')) wild.push(new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`, 'su'));
    else names.add(pattern);
  return (name) => names.has(name) || wild.some((expression) => expression.test(name));
}
