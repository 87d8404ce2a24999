import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHttpRoute } from '../../src/gateway/http-route.ts';
import { readManifests } from '../../src/gateway/manifests.ts';
import { findRoute, orderRoutes } from '../../src/gateway/route-table.ts';

const head = 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: users }\n';

function manifest(rule: string, others = ''): string {
  return `${head}spec: { parentRefs: [{ name: seaworthy }], ${others} rules: [{ ${rule} }] }\n`;
}

const backend = 'backendRefs: [{ name: users, port: 80 }]';

describe('a manifest', () => {
  it('is read', () => {
    const route = readHttpRoute(manifest(`matches: [{ path: { type: Exact, value: /a } }], ${backend}`), 'a.yaml');
    expect(route.spec.rules[0]?.matches).toEqual([{ path: { type: 'Exact', value: '/a' } }]);
  });

  it.each([
    ['no matches', backend],
    ['a match without a path', `matches: [{}], ${backend}`],
    ['an empty path', `matches: [{ path: {} }], ${backend}`],
  ])('with %s means every path', (_, rule) => {
    const { matches } = readHttpRoute(manifest(rule), 'a.yaml').spec.rules[0] ?? {};
    expect(matches).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]);
  });

  const wrong: [what: string, text: string, place: string][] = [
    [
      'a regular expression',
      manifest(`matches: [{ path: { type: RegularExpression, value: /a } }], ${backend}`),
      '/type',
    ],
    ['a filter', manifest(`filters: [{ type: URLRewrite }], ${backend}`), '/spec/rules/0/filters'],
    ['a header match', manifest(`matches: [{ headers: [{ name: a, value: b }] }], ${backend}`), '/matches/0/headers'],
    ['a method match', manifest(`matches: [{ method: GET }], ${backend}`), '/matches/0/method'],
    ['a host', manifest(backend, 'hostnames: [a.example],'), '/spec/hostnames'],
    ['a weight', manifest('backendRefs: [{ name: users, port: 80, weight: 1 }]'), '/backendRefs/0/weight'],
    ['two backends', manifest('backendRefs: [{ name: a, port: 80 }, { name: b, port: 80 }]'), '/backendRefs'],
    ['no backend', manifest('matches: [{ path: { value: /a } }]'), '/backendRefs'],
    ['another kind', manifest(backend).replace('HTTPRoute', 'GRPCRoute'), '/kind'],
    ['a timeout that is none', manifest(`timeouts: { request: soon }, ${backend}`), '/timeouts/request'],
    ['a path without a slash', manifest(`matches: [{ path: { value: a } }], ${backend}`), '/path/value'],
    ['nothing', '', 'one object'],
    ['two objects', `${manifest(backend)}---\n${manifest(backend)}`, 'one object'],
    ['no YAML', 'a: [', 'not valid YAML'],
  ];
  it.each(wrong)('with %s is refused, naming the file and the place', (_, text, place) => {
    const read = () => readHttpRoute(text, 'users/httproute.yaml');
    expect(read).toThrow('users/httproute.yaml');
    expect(read).toThrow(place);
  });
});

describe("the services' manifests", () => {
  const routes = orderRoutes(readManifests(resolve(import.meta.dirname, '../../../../deploy/services')));

  it.each([
    ['/groupz', 'groupz'],
    ['/v1/resource-groups', 'groupz'],
    ['/v1/resource-groups/changes', 'groupz'],
    ['/v1/subscriptions/1/resource-groups/rg', 'groupz'],
    ['/users/1', 'users'],
    ['/ws', 'realtime'],
    ['/', 'realtime'],
    ['/page.js', 'realtime'],
    ['/page.css', 'realtime'],
    ['/readyz', undefined],
    ['/metrics', undefined],
    ['/page.html', undefined],
  ])('lead %s to %s', (path, backend) => {
    expect(findRoute(routes, path)?.backend).toBe(backend);
  });
});
