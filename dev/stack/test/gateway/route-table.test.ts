import { describe, expect, it } from 'vitest';
import type { HttpRoute } from '../../src/gateway/http-route.ts';
import { findRoute, orderRoutes } from '../../src/gateway/route-table.ts';

type Path = [type: 'Exact' | 'PathPrefix', value: string];

function manifest(name: string, ...paths: Path[]): HttpRoute {
  const matches = paths.map(([type, value]) => ({ path: { type, value } }));
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name },
    spec: { parentRefs: [], rules: [{ matches, backendRefs: [{ name, port: 80 }] }] },
  };
}

function backendOf(path: string, ...manifests: HttpRoute[]): string | undefined {
  return findRoute(orderRoutes(manifests), path)?.backend;
}

describe('a prefix', () => {
  const users = manifest('users', ['PathPrefix', '/users']);

  it.each(['/users', '/users/', '/users/1', '/users//'])('takes %s', (path) => {
    expect(backendOf(path, users)).toBe('users');
  });

  it.each(['/', '/usersx', '/user', '/Users', '/x/users', '/users.json'])('leaves %s', (path) => {
    expect(backendOf(path, users)).toBeUndefined();
  });

  it('means the same with a slash at its end', () => {
    const slashed = manifest('users', ['PathPrefix', '/users/']);
    expect(backendOf('/users', slashed)).toBe('users');
    expect(backendOf('/usersx', slashed)).toBeUndefined();
  });

  it('of a slash takes everything', () => {
    expect(backendOf('/anything/at/all', manifest('all', ['PathPrefix', '/']))).toBe('all');
  });
});

describe('an exact path', () => {
  it('takes itself only', () => {
    const page = manifest('page', ['Exact', '/page.js']);
    expect(backendOf('/page.js', page)).toBe('page');
    expect(backendOf('/page.js/', page)).toBeUndefined();
    expect(backendOf('/page.js/x', page)).toBeUndefined();
  });
});

describe('when several match', () => {
  it('the exact path wins over a longer-lived prefix, whatever the order of files', () => {
    const exact = manifest('z', ['Exact', '/a/b']);
    const prefix = manifest('a', ['PathPrefix', '/a/b']);
    expect(backendOf('/a/b', prefix, exact)).toBe('z');
    expect(backendOf('/a/b', exact, prefix)).toBe('z');
    expect(backendOf('/a/b/c', exact, prefix)).toBe('a');
  });

  it('the longest prefix wins', () => {
    const short = manifest('short', ['PathPrefix', '/a']);
    const long = manifest('tall', ['PathPrefix', '/a/b']);
    const all = manifest('all', ['PathPrefix', '/']);
    expect(backendOf('/a/b/c', all, short, long)).toBe('tall');
    expect(backendOf('/a/x', all, short, long)).toBe('short');
    expect(backendOf('/x', all, short, long)).toBe('all');
  });

  it('the name that is first in the alphabet wins among equals', () => {
    const [a, b] = [manifest('a', ['PathPrefix', '/x']), manifest('b', ['PathPrefix', '/x'])];
    expect(backendOf('/x', b, a)).toBe('a');
  });
});

describe('a timeout', () => {
  it('is kept in milliseconds, and zero means none', () => {
    const slow = manifest('slow', ['PathPrefix', '/slow']);
    const [rule] = slow.spec.rules;
    if (rule) rule.timeouts = { request: '1m30s500ms' };
    expect(orderRoutes([slow])[0]?.timeoutMs).toBe(90_500);
    if (rule) rule.timeouts = { request: '0s' };
    expect(orderRoutes([slow])[0]).not.toHaveProperty('timeoutMs');
  });
});
