import { type HttpRoute, millisecondsOf } from './http-route.ts';

/** One path that leads to one service. */
export interface Route {
  type: 'Exact' | 'PathPrefix';
  path: string;
  /** The name of the service behind it. */
  backend: string;
  /** How long a whole exchange may take; absent for as long as it likes. */
  timeoutMs?: number;
}

/** A route with the address of the service behind it. */
export interface Destination extends Route {
  upstream: string;
}

/**
 * Puts the rules of all manifests into the order of the Gateway API: exact paths first, then the longest prefix,
 * then the route's name, then the order in the file.
 */
export function orderRoutes(manifests: readonly HttpRoute[]): Route[] {
  return manifests
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .flatMap(({ spec }) => spec.rules.flatMap(routesOf))
    .toSorted((a, b) => rank(b) - rank(a) || b.path.length - a.path.length);
}

/** Finds where a path leads. A prefix matches whole path elements: `/users` takes `/users/1`, and not `/usersx`. */
export function findRoute<R extends Route>(routes: readonly R[], path: string): R | undefined {
  return routes.find((route) => (route.type === 'Exact' ? path === route.path : isBelow(path, route.path)));
}

/** The path of a request's URL, as it was sent. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '/';
}

function routesOf({ matches, backendRefs, timeouts }: HttpRoute['spec']['rules'][number]): Route[] {
  const timeoutMs = timeouts && millisecondsOf(timeouts.request);
  return matches.map(({ path }) => ({
    type: path.type,
    path: path.value,
    backend: backendRefs[0]?.name ?? '',
    // Zero turns the limit off.
    ...(timeoutMs && { timeoutMs }),
  }));
}

function rank({ type }: Route): number {
  return type === 'Exact' ? 1 : 0;
}

function isBelow(path: string, prefix: string): boolean {
  // The Gateway API passes over a slash at the end of a prefix.
  const base = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  return path === base || path.startsWith(`${base}/`);
}
