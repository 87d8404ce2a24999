import type { Environment } from '@seaworthy/chassis/environment';
import { exitCodes } from '@seaworthy/chassis/lifecycle';
import { readSettings, SettingsError } from '@seaworthy/chassis/settings';
import { StackSettings, stackRules } from './settings.ts';
import { describeTakenPorts } from './tcp-ports.ts';
import { describeBadArguments, describeOldNode, renderUsage } from './usage.ts';

/** Everything is fine, or why nothing is started at all. */
type Preflight = { settings: StackSettings; remarks: string[] } | { exitCode: number; text: string };

interface Invocation {
  args: readonly string[];
  env: Environment;
  nodeVersion: string;
}

/** Checks all that can be checked before anything starts, and tells all faults of a kind at once. */
export async function checkBeforeStart({ args, env, nodeVersion }: Invocation): Promise<Preflight> {
  const badArguments = describeBadArguments(args);
  if (badArguments) return { exitCode: exitCodes.settings, text: badArguments };
  if (args.length > 0) return { exitCode: exitCodes.clean, text: renderUsage() };
  try {
    const { settings, hints } = readSettings(StackSettings, env, stackRules);
    const taken = await describeTakenPorts(settings);
    if (taken.length > 0) return { exitCode: exitCodes.failed, text: `Nothing was started:\n  ${taken.join('\n  ')}` };
    return { settings, remarks: [describeOldNode(nodeVersion) ?? [], hints].flat() };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { exitCode: exitCodes.settings, text: error.message };
  }
}
