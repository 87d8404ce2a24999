import { StackSettings } from './settings.ts';

type Described = { description?: string; default?: unknown };

/** How to use the program, with its settings from their schema. */
export function renderUsage(): string {
  const settings = Object.entries(StackSettings.properties).map(([name, property]) => {
    const { description, default: standard } = property as Described;
    const fallback = standard === undefined ? '' : ` Default ${standard}.`;
    return `  ${name.padEnd(20)} ${description}${fallback}`;
  });
  return `Starts Redis, an emulated Azure, the services and a gateway in front of them; Ctrl-C stops everything.

Usage: pnpm dev [--help]

Settings, all environment variables:
${settings.join('\n')}
  LOG_LEVEL, AUTH, AUTH_ISSUER, AUTH_AUDIENCE go to all services; DATABASE_URL goes to users.
  Without AUTH, users asks for tokens of the emulated Azure (jwt) and the others for none.
  GROUPZ_X, REALTIME_X, USERS_X and EMULATOR_X go to that program as X: USERS_LOG_LEVEL=debug.
`;
}

/** What is wrong with the command line; `undefined` when nothing is. */
export function describeBadArguments(args: readonly string[]): string | undefined {
  const unknown = args.filter((arg) => arg !== '--help');
  return unknown.length === 0 ? undefined : `unknown argument ${unknown.join(' ')}: only --help is understood`;
}

const tested = 26;

/** What to say about a Node that is older than the one the workspace pins; `undefined` for that one and newer ones. */
export function describeOldNode(version: string): string | undefined {
  if (Number.parseInt(version, 10) >= tested) return undefined;
  return `This is Node ${version}; the workspace is tested with Node ${tested}. pnpm installs that one where it exists for the platform, and runs it for \`pnpm dev\`.`;
}
