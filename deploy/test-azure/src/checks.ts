import { ids } from './bicep/ids.ts';
import { tidy } from './bicep/tidy.ts';
import { typed } from './bicep/types.ts';
import { crossRoom } from './cross/all.ts';
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
  'both environments deploy, of types that Azure has': typed,
  'nothing is in vain, and no secret gets out': tidy,
  'roles and policies are those that are meant': ids,
  'Bicep and YAML say the same': crossRoom,
  'what is generated is up to date': upToDate,
};

/** What all checks find. */
export async function everything(files: Files): Promise<Finding[]> {
  return (await Promise.all(Object.values(checks).map((check) => check(files)))).flat();
}
