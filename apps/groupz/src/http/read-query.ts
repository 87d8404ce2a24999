import { Problem } from '@seaworthy/chassis/problem';
import { type ResourceGroupField, type ResourceGroupQuery, resourceGroupFields } from '@seaworthy/contracts/groupz';
import type { Fault } from '@seaworthy/contracts/problem';
import { fold, type GroupQuery, locationKey } from '../group-query.ts';

/** Reads the criteria of a query. Throws a Problem of kind `bad-request` that names every fault. */
export function readQuery(query: ResourceGroupQuery): GroupQuery {
  const { subscription, location, tag = [], tagKey = [], name, state, managedBy, sort = 'name' } = query;
  const faults = tag.flatMap((text, index) => (text.lastIndexOf(':') > 0 ? [] : [tagFault(index)]));
  const fields = query.fields && readFields(query.fields, faults);
  if (faults.length > 0) throw new Problem('bad-request', 'The query cannot be read: see errors.', { errors: faults });
  return {
    tags: tag,
    tagKeys: tagKey.map(fold),
    sort,
    ...(subscription && { subscriptions: [...new Set(subscription.map(fold))] }),
    ...(location && { locations: location.map(locationKey) }),
    ...(state && { states: state.map(fold) }),
    ...(name !== undefined && { namePrefix: fold(name) }),
    ...(managedBy !== undefined && { managedBy: fold(managedBy) }),
    ...(fields && { fields }),
  };
}

function tagFault(index: number): Fault {
  const detail = 'must be key:value; to ask for any value, use tagKey';
  return { pointer: `?tag/${index}`, code: 'tag', detail };
}

/** In the order in which groups have them, whatever order they are asked for in. */
function readFields(texts: readonly string[], faults: Fault[]): readonly ResourceGroupField[] {
  const asked = new Set(texts.flatMap((text) => text.split(',')).map((field) => field.trim()));
  const known: readonly string[] = resourceGroupFields;
  for (const field of asked) {
    if (known.includes(field)) continue;
    faults.push({ pointer: '?fields', code: 'fields', detail: `knows no "${field}"; there are ${known.join(', ')}` });
  }
  return resourceGroupFields.filter((field) => asked.has(field));
}
