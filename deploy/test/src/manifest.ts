/** An object as it would be sent to an API server. What is below `metadata` is told apart by its kind. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: the schemas have validated it, and their types are not generated
  spec?: any;
  data?: Record<string, string>;
  [field: string]: unknown;
}

/** A manifest, the root that it came out of, and the file that its first version stands in. */
export interface Rendered {
  root: string;
  file: string;
  /** The directories whose Kustomizations have changed it since. */
  patchedIn?: readonly string[];
  object: Manifest;
}

/** Something wrong, for a person: where to look, which rule says so, and why. */
export interface Finding {
  root: string;
  file: string;
  patchedIn?: readonly string[];
  object: string;
  field: string;
  rule: string;
  why: string;
}

/** A check looks at everything that was rendered, and touches nothing else: tests hand it what they have broken. */
export type Check = (rendered: readonly Rendered[]) => Finding[];

/** A finding in an object. */
export function fault(
  { root, file, patchedIn = [], object }: Rendered,
  field: string,
  what: { rule: string; why: string },
): Finding {
  return { root, file, patchedIn, object: nameOf(object), field, ...what };
}

/** As kubectl writes it. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata?.name ?? '?'}`;
}

/** One line. The fault is in the file, or in one of the directories that have changed what it says. */
export function describeFinding({ root, file, patchedIn = [], object, field, rule, why }: Finding): string {
  const changed = patchedIn.length > 0 ? `, changed in ${patchedIn.join(', ')}` : '';
  return `${file} (in ${root}${changed}): ${object} ${field} [${rule}] ${why}`;
}
