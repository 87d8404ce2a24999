import type { SourceFile } from './sources.ts';

/** What a law found, and the way out in `why`. A violation of the whole file has no line. */
export type Violation = { file: string; line?: number; rule: string; why: string };

/** A law reads all files and reports what breaks it; it touches nothing else, so that tests can plant violations. */
export type Law = (files: readonly SourceFile[]) => Violation[];

/** One line for a person: where, which law, and why with the way out. */
export function describeViolation({ file, line, rule, why }: Violation): string {
  return `${line === undefined ? file : `${file}:${line}`} [${rule}] ${why}`;
}
