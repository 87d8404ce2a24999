import type { Files } from './files.ts';
import type { Finding } from './finding.ts';
import { upToDate } from './generated.ts';
import { dashboards } from './monitor/dashboards.ts';
import { rules } from './monitor/rules.ts';

/** A check looks at the texts and touches nothing else: tests hand it what they have broken. */
export type Check = (files: Files) => Finding[] | Promise<Finding[]>;

/** All checks, by what they hold. */
export const checks: Readonly<Record<string, Check>> = {
  'alerts ask for what is exported, and are tried': rules,
  'dashboards ask for what is exported': dashboards,
  'what is generated is up to date': upToDate,
};

/** What all checks find. */
export async function everything(files: Files): Promise<Finding[]> {
  return (await Promise.all(Object.values(checks).map((check) => check(files)))).flat();
}
