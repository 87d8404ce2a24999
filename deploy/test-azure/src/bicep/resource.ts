import { later, type Value } from './values.ts';

/** A resource as it would be deployed. */
export interface Resource {
  file: string;
  line: number;
  symbol: string;
  type: string;
  version: string;
  /** With its parents' names before it: `profile/endpoint/route`. */
  name: string;
  isExisting: boolean;
  /** What stands in the template, evaluated. */
  body: Value;
}

/** A resource as other expressions see it: what was asked for, and whatever Azure adds. */
export function asValue({ type, name, body }: Resource): Value {
  const called = `${type.split('/').at(-1)} ${plain(name)}`;
  const seen = seenAs(withoutMarks(body), called);
  Object.assign(seen, { id: later(`id of ${type} ${plain(name)}`), name, type });
  Object.defineProperty(seen, 'isResource', { value: true });
  Object.defineProperty(seen, 'called', { value: called });
  Object.defineProperty(seen, 'fullName', { value: name });
  return seen;
}

function seenAs(value: Value, path: string): Value {
  if (value === null || typeof value !== 'object') return value;
  for (const [key, each] of Object.entries(value)) seenAs(each, `${path}.${key}`);
  return Object.defineProperty(value, 'ofResource', { value: path });
}

// Parents and scopes are resources themselves: what refers to them needs no copy of theirs.
function withoutMarks({ parent: _, scope: __, dependsOn: ___, ...body }: Value): Value {
  return JSON.parse(JSON.stringify(body));
}

function plain(name: string): string {
  return name.replaceAll(/[‹›]/g, '');
}
