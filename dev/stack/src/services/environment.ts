import type { Environment } from '@seaworthy/chassis/environment';

// What any program on this machine may need: where things are, which language, which proxy, whom to trust.
const machine = [
  'PATH',
  'HOME',
  'USER',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
  'NODE_EXTRA_CA_CERTS',
  'SystemRoot',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PATHEXT',
  'ComSpec',
];

/** Takes what every program may know from the stack's environment; nothing else, least of all its secrets. */
export function machineEnvironment(env: Environment): Environment {
  const noProxy = [env['NO_PROXY'] || env['no_proxy'], 'localhost', '127.0.0.1'].filter(Boolean).join(',');
  return { ...pick(env, machine), NO_PROXY: noProxy };
}

/**
 * The environment of a program: what the stack gives it, then what the person set for it alone:
 * `USERS_LOG_LEVEL=debug` becomes the `LOG_LEVEL` of users.
 */
export function programEnvironment(name: string, own: Environment, env: Environment): Environment {
  return {
    ...machineEnvironment(env),
    HOST: '127.0.0.1',
    LOG_LEVEL: env['LOG_LEVEL'] || 'info',
    ...own,
    ...prefixed(env, `${name.toUpperCase()}_`),
  };
}

/** The environment of a service: that of a program, and what all services have in common. */
export function serviceEnvironment(name: string, own: Environment, env: Environment): Environment {
  const common = {
    AUTH: 'none',
    ...pick(env, ['AUTH', 'AUTH_ISSUER', 'AUTH_AUDIENCE']),
    // No load balancer has to notice that a service stops.
    SHUTDOWN_DELAY_SECONDS: '0',
    DRAIN_SECONDS: '5',
  };
  return programEnvironment(name, { ...common, ...own }, env);
}

/** Those of the names that are set. An empty text counts as not set. */
export function pick(env: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(names.filter((name) => env[name]).map((name) => [name, env[name]]));
}

function prefixed(env: Environment, prefix: string): Environment {
  return Object.fromEntries(
    Object.entries(env)
      .filter(([name, value]) => name.startsWith(prefix) && value)
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
