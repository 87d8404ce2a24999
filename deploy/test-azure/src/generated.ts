import type { Files } from './files.ts';
import type { Finding } from './finding.ts';
import { readGroups } from './monitor/rule-file.ts';
import { ruleGroupsFile } from './monitor/rule-groups.ts';

/** What follows from other files, by path. */
export function generated(files: Files): [path: string, text: string][] {
  return [['deploy/monitor/rule-groups.json', ruleGroupsFile(readGroups(files))]];
}

/** Every generated file is as its sources say. */
export function upToDate(files: Files): Finding[] {
  const why = 'is not what its sources say; `npx -y pnpm@12 generate:azure` writes it';
  try {
    return generated(files)
      .filter(([path, text]) => files.get(path) !== text)
      .map(([file]) => ({ file, rule: 'generated', why }));
  } catch (error) {
    return [{ file: 'deploy/monitor/rules', rule: 'generated', why: (error as Error).message }];
  }
}
