import { ArmError } from '../arm-error.ts';
import type { ResourceGroup } from '../seed.ts';

const quoted = "'((?:[^']|'')*)'";
const BY_TAG = new RegExp(`^\\s*tagName\\s+eq\\s+${quoted}(?:\\s+and\\s+tagValue\\s+eq\\s+${quoted})?\\s*$`, 'i');

/**
 * Reads `$filter` of the list of resource groups: by tag name, or by tag name and value, which is all ARM documents.
 * Names ignore case, values do not. Throws an ArmError for any other expression.
 */
export function parseGroupFilter(filter: string | undefined): (group: ResourceGroup) => boolean {
  if (filter === undefined) return () => true;
  const found = BY_TAG.exec(filter);
  if (found === null) {
    throw new ArmError('InvalidFilterInQueryString', `Invalid $filter '${filter}' specified in the query string.`);
  }
  const [name = '', value] = found.slice(1).map((text) => text?.replaceAll("''", "'"));
  return ({ tags = {} }) =>
    Object.entries(tags).some(
      ([tag, actual]) => tag.toLowerCase() === name.toLowerCase() && (value === undefined || actual === value),
    );
}
