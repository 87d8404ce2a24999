/** Something wrong, for a person: where to look, which rule says so, and why. */
export interface Finding {
  /** Relative to the repository, with `:line` where there is one. */
  file: string;
  rule: string;
  why: string;
}

/** One line. */
export function describeFinding({ file, rule, why }: Finding): string {
  return `${file}: [${rule}] ${why}`;
}
