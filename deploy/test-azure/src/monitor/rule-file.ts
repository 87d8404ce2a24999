import { parse } from 'yaml';
import { type Files, matching } from '../files.ts';

/** A rule as Prometheus reads it: an alert, or a series that is recorded. */
export interface Rule {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** A group of rules, and the file that it stands in. */
export interface Group {
  file: string;
  name: string;
  interval: string;
  rules: Rule[];
}

/** Every group of deploy/monitor/rules. */
export function readGroups(files: Files): Group[] {
  return matching(files, /^deploy\/monitor\/rules\/[^/]+\.yaml$/).flatMap(([file, text]) =>
    (parse(text).groups as Omit<Group, 'file'>[]).map((group) => ({ ...group, file })),
  );
}
