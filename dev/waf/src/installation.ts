import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The files of this machine that a firewall is made of. */
export interface Installation {
  /** The program. */
  nginx: string;
  /** The module of nginx that holds ModSecurity. */
  module: string;
  /** ModSecurity's recommended settings, as the package brings them: not those that somebody may have changed. */
  engine: string;
  /** The settings of the Core Rule Set. */
  setup: string;
  /** The folder of its rules. */
  rules: string;
}

type Piece = keyof Installation;

const packages: Record<Piece, string> = {
  nginx: 'nginx',
  module: 'libnginx-mod-http-modsecurity',
  engine: 'libnginx-mod-http-modsecurity',
  setup: 'modsecurity-crs',
  rules: 'modsecurity-crs',
};

/** Where Debian and Ubuntu put them; the program is on the search path or where root would find it. */
export function usualPlaces(searchPath: string): Record<Piece, string[]> {
  const folders = [...searchPath.split(delimiter).filter(Boolean), '/usr/sbin', '/usr/local/sbin'];
  return {
    nginx: folders.map((folder) => join(folder, 'nginx')),
    module: ['/usr/lib/nginx/modules/ngx_http_modsecurity_module.so'],
    engine: ['/usr/share/nginx/docs/modsecurity/modsecurity.conf', '/etc/nginx/modsecurity.conf'],
    setup: ['/etc/modsecurity/crs/crs-setup.conf'],
    rules: ['/usr/share/modsecurity-crs/rules'],
  };
}

/** Finds every piece, or says which packages would bring those that are missing. */
export async function findInstallation(
  places: Record<Piece, string[]>,
): Promise<Installation | { missing: readonly string[] }> {
  const found: Partial<Installation> = {};
  for (const piece of Object.keys(packages) as Piece[]) {
    const path = await firstReadable(places[piece]);
    if (path !== undefined) found[piece] = path;
  }
  const missing = (Object.keys(packages) as Piece[]).filter((piece) => found[piece] === undefined);
  if (missing.length > 0) return { missing: [...new Set(missing.map((piece) => packages[piece]))] };
  return found as Installation;
}

async function firstReadable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const readable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (readable) return path;
  }
  return undefined;
}
