import type { FilterNode } from '../filter/filter-node.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { attributeNamed } from '../schemas/attribute-path.ts';
import { readValue, type Values } from '../schemas/read-value.ts';
import { liberalValue } from './liberal-value.ts';

/** What an item must say for a filter to choose it; `undefined` where the filter leaves that open. */
export function equalitiesOf(node: FilterNode, attribute: Attribute): Values | undefined {
  if ('all' in node) {
    const parts = node.all.map((part) => equalitiesOf(part, attribute));
    return parts.every((part) => part !== undefined) ? Object.assign({}, ...parts) : undefined;
  }
  if (!('is' in node) || node.is !== 'eq') return undefined;
  const sub = attributeNamed(attribute.subAttributes, node.name);
  const value = sub && readValue(sub, liberalValue(sub, node.value));
  return sub && value !== undefined ? { [sub.name]: value } : undefined;
}
