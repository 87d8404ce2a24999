import { fold } from '../../user.ts';
import type { UserFilter } from '../../user-filter.ts';
import { quoted, Refusal } from '../refusal.ts';
import { coreUrn } from '../schemas/core-user.ts';
import { enterpriseUrn } from '../schemas/enterprise-user.ts';
import { comparison } from './comparison.ts';
import { askable, pathIn, type Scope, valuePath } from './field-of.ts';
import type { FilterNode, Named, Term } from './filter-node.ts';
import { parseFilter } from './parse-filter.ts';

/** Holds for every user, and for none. */
const always: UserFilter = { all: [] };
const never: UserFilter = { any: [] };

/**
 * Reads a filter as one of the domain.
 * @throws Refusal `invalidFilter`
 */
export function userFilterOf(source: string): UserFilter {
  return compileFilter(parseFilter(source));
}

/** Looks up what a filter names. Within brackets it asks single items: see `UserFilter`. */
export function compileFilter(node: FilterNode, scope: Scope = {}): UserFilter {
  if ('all' in node) return { all: node.all.map((part) => compileFilter(part, scope)) };
  if ('any' in node) return { any: node.any.map((part) => compileFilter(part, scope)) };
  if ('not' in node) return { not: compileFilter(node.not, scope) };
  if ('where' in node) return compileBrackets(node, scope);
  return compileTerm(node, scope);
}

function compileBrackets(
  { where, and, ...named }: Named & { where: FilterNode; and?: Term },
  scope: Scope,
): UserFilter {
  const path = pathIn(scope, named.name);
  const whole = path?.at(-1);
  if (!path || whole?.type !== 'complex' || scope.within) throw unknown(named);
  const inner = { within: path };
  const parts = [where, ...(and ? [and] : [])].map((part) => compileFilter(part, inner));
  const holds: UserFilter = parts.length === 1 && parts[0] ? parts[0] : { all: parts };
  return whole.multiValued ? { some: [whole.name], where: holds } : holds;
}

function compileTerm(term: Term, scope: Scope): UserFilter {
  const path = pathIn(scope, term.name);
  if (!path) throw unknown(term);
  const constant = scope.within ? undefined : constantOf(path.map(({ name }) => name).join('.'), term);
  if (constant) return constant;
  const asked = askable(term.is === 'present' ? path : valuePath(path));
  if (!asked) throw new Refusal('invalidFilter', `${term.name} cannot be asked for in a filter.`);
  const { some, field, attribute } = asked;
  const holds: UserFilter = comparison(term, attribute, field);
  // Brackets have asked for an item already.
  return some && !scope.within ? { some, where: holds } : holds;
}

/** What is the same for all users, or follows from something else. */
function constantOf(name: string, term: Term): UserFilter | undefined {
  if (name === 'active' && term.is === 'present') return always;
  if (name === 'meta' && term.is === 'present') return always;
  if (name === 'meta.resourceType') return equality(term, (value) => (value === 'user' ? always : never));
  if (name !== 'schemas') return undefined;
  return equality(term, (value) => {
    if (value === fold(coreUrn)) return always;
    return value === fold(enterpriseUrn) ? { field: { profile: [enterpriseUrn] }, is: 'present' } : never;
  });
}

function equality(term: Term, holds: (value: string) => UserFilter): UserFilter {
  if (term.is === 'present') return always;
  if ((term.is !== 'eq' && term.is !== 'ne') || typeof term.value !== 'string')
    throw new Refusal('invalidFilter', `${term.name} can be compared with a text by eq, ne and pr only.`);
  const filter = holds(fold(term.value));
  return term.is === 'eq' ? filter : { not: filter };
}

function unknown({ name, at }: Named): Refusal {
  return new Refusal('invalidFilter', `At character ${at}: there is no attribute ${quoted(name)} here.`);
}
