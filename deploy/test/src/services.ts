import { commonRules } from '@seaworthy/chassis/common-settings';
import type { SettingRule } from '@seaworthy/chassis/environment';
import { Settings as GroupzSettings, rules as groupzRules } from '@seaworthy/groupz/config';
import { Settings as RealtimeSettings } from '@seaworthy/realtime/config';
import { redisRules } from '@seaworthy/realtime/redis/locate';
import { redisUrlRule } from '@seaworthy/redis/url-rule';
import { Settings as UsersSettings } from '@seaworthy/users/config';
import { databaseRules } from '@seaworthy/users/database-rules';
import type { TObject } from 'typebox';

/** A program of ours as its root reads it: which settings it has, and which rules hold among them. */
export interface Program {
  settings: TObject;
  // biome-ignore lint/suspicious/noExplicitAny: each rule knows the settings of its own service
  rules: readonly SettingRule<any>[];
}

const server = (settings: TObject, rules: Program['rules']): Program => ({
  settings,
  rules: [...commonRules, ...rules],
});

/** By the name of the workload; a root in `src/main.ts` or `src/migrate.ts` reads the same. */
export const programs: Readonly<Record<string, Program>> = {
  groupz: server(GroupzSettings, [...groupzRules, redisUrlRule]),
  realtime: server(RealtimeSettings, redisRules),
  users: server(UsersSettings, [...databaseRules, redisUrlRule]),
  'users-migrate': { settings: UsersSettings, rules: databaseRules },
};
