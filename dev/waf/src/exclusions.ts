/**
 * The exclusions without one rule, to see what it is good for.
 * @throws where they have no such rule
 */
export function withoutRule(exclusions: string, id: string): string {
  const paragraphs = exclusions.split(/\n{2,}/);
  const rest = paragraphs.filter((paragraph) => !paragraph.includes(`"id:${id},`));
  if (rest.length !== paragraphs.length - 1) throw new Error(`the exclusions have no rule ${id}`);
  return rest.join('\n\n');
}
