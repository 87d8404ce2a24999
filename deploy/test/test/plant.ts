import { basename } from 'node:path';
import type { Rendered } from '../src/manifest.ts';

/** Where to put what: `undefined` takes the field, or the whole object, away. */
export interface Fault {
  kind: string;
  name: string;
  field: string;
  value: unknown;
}

const inForce: readonly string[] = ['production', 'deny', 'templates'];

/** A copy of what was rendered, with one field of one object changed: in production, or where policies are in force. */
export function plant(rendered: readonly Rendered[], { kind, name, field, value }: Fault, roots = inForce) {
  const index = rendered.findIndex(
    ({ root, object }) =>
      roots.includes(basename(root)) &&
      object.kind === kind &&
      new RegExp(`^${name}(-[a-z0-9]{10})?$`).test(object.metadata.name),
  );
  const original = rendered[index];
  if (!original) throw new Error(`there is no ${kind} ${name} to plant a fault in`);
  const planted = structuredClone(original);
  const isWhole = field === '';
  if (!isWhole)
    set(
      planted.object,
      field.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.')),
      value,
    );
  return { mutant: isWhole ? rendered.toSpliced(index, 1) : rendered.with(index, planted), file: original.file };
}

// biome-ignore lint/suspicious/noExplicitAny: any object
function set(object: any, [head = '', ...rest]: string[], value: unknown): void {
  if (rest.length > 0) {
    if (object[head] === undefined) object[head] = {};
    set(object[head], rest, value);
  } else if (value !== undefined) object[head] = value;
  else if (Array.isArray(object)) object.splice(Number(head), 1);
  else delete object[head];
}
