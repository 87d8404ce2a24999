import type { SettingRule } from '@seaworthy/chassis/environment';
import type { Settings } from './config.ts';

/** Whether this is a URL that pg can connect to; one without a host has its socket in `?host=`. */
export function isPostgresUrl(text: string): boolean {
  return urlOf(text) !== null;
}

const entraNeeds = ['DATABASE_URL', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'] as const;

/** What the ways to get into Postgres need, and what they must not meet. No fault ever shows the URL. */
export const databaseRules: readonly SettingRule<Settings>[] = [
  // An embedded database in production would lose its users with the pod.
  ({ NODE_ENV, DATABASE_URL }) =>
    NODE_ENV !== 'production' || DATABASE_URL
      ? undefined
      : { name: 'DATABASE_URL', fault: 'is needed in production: the embedded Postgres is for development only' },
  ({ DATABASE_URL }) =>
    !DATABASE_URL || isPostgresUrl(DATABASE_URL.value)
      ? undefined
      : wrongUrl('is no URL (not shown here): look for a character that must be percent-encoded'),
  ...entraNeeds.map(
    (name): SettingRule<Settings> =>
      (settings) =>
        settings.DATABASE_AUTH !== 'entra' || settings[name] !== undefined
          ? undefined
          : { name, fault: 'is needed, as DATABASE_AUTH is entra' },
  ),
  ({ DATABASE_AUTH, DATABASE_URL, NODE_ENV }) => {
    const url = DATABASE_AUTH === 'entra' && DATABASE_URL ? urlOf(DATABASE_URL.value) : null;
    return url ? faultWithEntra(url, NODE_ENV === 'production') : undefined;
  },
  ({ AZURE_AUTHORITY_HOST = '' }) => {
    const url = URL.parse(AZURE_AUTHORITY_HOST);
    if (url?.protocol === 'https:' && url.href === `${url.origin}/`) return undefined;
    return { name: 'AZURE_AUTHORITY_HOST', fault: 'must be https://, a host and perhaps a port, and nothing else' };
  },
];

/** As pg reads it: what stands behind the question mark comes first, and of the same name the last. */
function faultWithEntra(url: URL, isProduction: boolean) {
  const {
    host = url.hostname,
    user = url.username,
    password = url.password,
    sslmode,
  } = Object.fromEntries(url.searchParams);
  if (password) return wrongUrl('has a password, but DATABASE_AUTH is entra: take it out');
  if (!user)
    return wrongUrl('names no user: write the name of the role before the host, as in postgresql://users@host');
  // A token is as good as a password, and goes to whoever answers.
  if (sslmode !== 'verify-full' && (isProduction || !isThisMachine(host)))
    return wrongUrl('must have ?sslmode=verify-full, as DATABASE_AUTH is entra');
  return undefined;
}

function isThisMachine(host: string): boolean {
  return (
    host === '' || host === 'localhost' || host === '[::1]' || host.startsWith('/') || /^127(\.\d+){3}$/.test(host)
  );
}

function urlOf(text: string): URL | null {
  return URL.parse(text) ?? URL.parse(text.replace('@/', '@localhost/'));
}

function wrongUrl(fault: string) {
  return { name: 'DATABASE_URL', fault };
}
