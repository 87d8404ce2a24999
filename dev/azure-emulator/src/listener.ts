import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, isIPv6 } from 'node:net';

/** Longer than clients keep an idle connection, so that they are the ones to close it. In milliseconds. */
const KEEP_ALIVE = 75_000;

const WILDCARDS = new Set(['0.0.0.0', '::']);

interface ListenerSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** PEM; with them the listener speaks TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface Listener extends AsyncDisposable {
  /** Scheme, host and port, without a trailing slash. */
  readonly url: string;
  /** What a caller may put into the Host header. */
  readonly hosts: readonly string[];
  /** Requests that arrived earlier are waiting for this. */
  serve(handle: RequestListener): void;
}

/**
 * Listens at once and serves later: the issuers' names carry the port, so it must be known before the routes are made.
 * Disposing of it ends open connections. Throws Node's own error, EADDRINUSE above all.
 */
export async function openListener({ host, port, tls }: ListenerSettings): Promise<Listener> {
  const routes = Promise.withResolvers<RequestListener>();
  const accept: RequestListener = (request, response) => {
    void routes.promise.then((handle) => handle(request, response));
  };
  const server = tls === undefined ? createHttpServer(accept) : createHttpsServer(tls, accept);
  server.keepAliveTimeout = KEEP_ALIVE;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const urlOf = (name: string) => new URL(`${tls === undefined ? 'http' : 'https'}://${urlHost(name)}:${bound}`);
  return {
    url: urlOf(host).origin,
    hosts: listenerNames(host).map((name) => urlOf(name).host),
    serve: (handle) => routes.resolve(handle),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The names under which a listener bound to the host may be called; the certificate holds them. */
export function listenerNames(host: string): string[] {
  return [...new Set(['localhost', '127.0.0.1', '::1', ...(WILDCARDS.has(host) ? [] : [host])])];
}

/** The URL with a loopback address called localhost, the one name that all of them have. */
export function namedOrigin(url: string): string {
  const named = new URL(url);
  if (['127.0.0.1', '[::1]'].includes(named.hostname)) named.hostname = 'localhost';
  return named.origin;
}

function urlHost(host: string): string {
  if (WILDCARDS.has(host)) return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}
