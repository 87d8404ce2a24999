import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance, FastifyPluginAsync } from 'fastify';
import { adminRoutes } from './admin/admin-routes.ts';
import { armRoutes, tenantRoutes } from './arm/arm-routes.ts';
import { cloudMetadataRoutes } from './arm/cloud-metadata.ts';
import { createCertificates } from './certificate.ts';
import type { Clock } from './clock.ts';
import { clusterRoutes } from './cluster/cluster-routes.ts';
import { createTokenFiles, type TokenFiles, tokenFilePath } from './cluster/token-files.ts';
import { entraRoutes } from './entra/entra-routes.ts';
import { createHttpApp } from './http-app.ts';
import { imdsRoutes } from './imds/imds-routes.ts';
import { type Listener, listenerNames, openListener } from './listener.ts';
import { graphRoutes } from './resource-graph/graph-routes.ts';
import { parseSeed, readSeed, type Seed } from './seed.ts';
import { federatedAccounts } from './service-accounts.ts';
import { createWorld, type World } from './world.ts';

/** The seed that stands beside the package. */
export const SEED_FILE = resolve(import.meta.dirname, '../seed.json');

/** How often the token files are looked at; far below the 12 minutes between their rotation and their end. */
const TOKEN_CHECK_MILLISECONDS = 30_000;

type Routes = FastifyPluginAsync;

export interface EmulatorOptions {
  /** 0, the default, takes a free port. */
  readonly httpsPort?: number;
  readonly httpPort?: number;
  /** The address to bind; loopback by default. */
  readonly host?: string;
  readonly seed?: Seed;
  /** Resource groups a page; 5 by default, so that a small subscription has several. */
  readonly pageSize?: number;
  /** Where `ca.pem` and `tokens/` go; by default a temporary directory that `close` removes. */
  readonly outputDir?: string;
  readonly logger?: FastifyBaseLogger;
  readonly clock?: Clock;
}

export interface Emulator {
  /** The authority and ARM: scheme, host and port, without a trailing slash. */
  readonly httpsUrl: string;
  /** Managed identity and `/_emulator`. */
  readonly httpUrl: string;
  /** The issuer of the tokens of managed identities and of `/_emulator`; a loopback address is called localhost in it. */
  readonly issuer: string;
  /** The authority to trust, for NODE_EXTRA_CA_CERTS, and the same as PEM. */
  readonly caFile: string;
  readonly ca: string;
  /** The seed with the cluster issuer's address filled in. */
  readonly seed: Seed;
  /** The file with the service account's projected token. */
  tokenFile(namespace: string, serviceAccount: string): string;
  /** Stops listening and rotating. May be called again. */
  close(): Promise<void>;
}

/** Starts both listeners and writes the files. Throws for a bad seed, a taken port or an unwritable directory. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', logger } = options;
  const seed = parseSeed(options.seed ?? readSeed(SEED_FILE), 'seed');
  const { ca, ...tls } = await createCertificates(listenerNames(host));
  await using started = new AsyncDisposableStack();
  const https = started.use(await openListener({ host, port: options.httpsPort ?? 0, tls }));
  const http = started.use(await openListener({ host, port: options.httpPort ?? 0 }));
  const urls = { httpsUrl: https.url, httpUrl: http.url };
  const { clock = Date.now, pageSize = 5 } = options;
  const world = await createWorld({ seed, clock, pageSize, ...urls });
  const outputDir = options.outputDir === undefined ? temporaryDirectory(started) : resolve(options.outputDir);
  const tokens = join(outputDir, 'tokens');
  const caFile = join(outputDir, 'ca.pem');
  mkdirSync(outputDir, { recursive: true });
  writeFileSync(caFile, ca);
  const accounts = federatedAccounts(world.state.applications, world.cluster.issuer);
  const files = createTokenFiles({ directory: tokens, accounts, cluster: world.cluster, clock });
  started.use(await keepFresh(files, logger));
  started.use(await serve(https, createHttpApp({ hosts: https.hosts, logger }), httpsRoutes(world)));
  started.use(await serve(http, createHttpApp({ hosts: http.hosts, logger }), httpRoutes(world, files)));
  const running = started.move();
  let closing: Promise<void> | undefined;
  return {
    ...urls,
    issuer: world.issuer,
    caFile,
    ca,
    seed: world.state.seed,
    tokenFile: (namespace, name) => tokenFilePath(tokens, { namespace, name }),
    close() {
      closing ??= running.disposeAsync();
      return closing;
    },
  };
}

function httpsRoutes(world: World): Routes {
  return async (app) => {
    await app.register(entraRoutes(world));
    await app.register(clusterRoutes(world));
    await app.register(armRoutes(world), { prefix: '/subscriptions' });
    await app.register(tenantRoutes(world), { prefix: '/tenants' });
    await app.register(cloudMetadataRoutes(world), { prefix: '/metadata' });
    await app.register(graphRoutes(world), { prefix: '/providers/Microsoft.ResourceGraph' });
  };
}

function httpRoutes(world: World, files: TokenFiles): Routes {
  return async (app) => {
    await app.register(imdsRoutes(world));
    await app.register(adminRoutes(world, files), { prefix: '/_emulator' });
  };
}

async function serve(listener: Listener, app: FastifyInstance, routes: Routes): Promise<AsyncDisposable> {
  await app.register(routes);
  await app.ready();
  listener.serve(app.routing);
  return { [Symbol.asyncDispose]: () => app.close() };
}

async function keepFresh(files: TokenFiles, log: FastifyBaseLogger | undefined): Promise<Disposable> {
  await files.refresh();
  const refresh = () => {
    files.refresh().catch((error: unknown) => log?.error({ err: error }, 'token files not rewritten'));
  };
  const timer = setInterval(refresh, TOKEN_CHECK_MILLISECONDS).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function temporaryDirectory(owner: AsyncDisposableStack): string {
  const directory = mkdtempSync(join(tmpdir(), 'azure-emulator-'));
  owner.defer(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
