import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inEachEnvironment, ofKind } from '../environments.ts';
import { type Finding, fault, type Rendered } from '../manifest.ts';

const rule = 'routes';
const documents = join(import.meta.dirname, '../../../../docs/api');
/** Pages and probes are in no OpenAPI document. */
const pages: Readonly<Record<string, readonly string[]>> = { realtime: ['/', '/page.js', '/page.css'] };

interface Match {
  path: { type: string; value: string };
}

/** Every path of a service's API is led to it, nothing else is, and each environment has its public name. */
export const routes = inEachEnvironment((environment) => {
  const all = ofKind(environment, 'HTTPRoute');
  const hosts = new Set(all.map(({ object }) => JSON.stringify(object.spec.hostnames ?? [])));
  return [
    ...all.flatMap(leadsThere),
    ...(hosts.size > 1 ? all.slice(0, 1).map((each) => fault(each, 'spec.hostnames', { rule, why: 'differs' })) : []),
  ];
});

function leadsThere(route: Rendered): Finding[] {
  const { metadata, spec } = route.object;
  const served = [...pathsOf(metadata.name), ...(pages[metadata.name] ?? [])];
  // biome-ignore lint/suspicious/noExplicitAny: see Manifest
  const matches: Match[] = (spec.rules ?? []).flatMap((each: any) => each.matches ?? [{ path: { value: '/' } }]);
  const unreached = served.filter((path) => !matches.some((match) => leads(match, path)));
  const idle = matches.filter((match) => !served.some((path) => leads(match, path)));
  const backends: string[] = (spec.rules ?? []).flatMap(({ backendRefs = [] }) =>
    (backendRefs as { name: string }[]).map(({ name }) => name),
  );
  const strangers = backends.filter((name) => name !== metadata.name);
  return [
    ...unreached.map((path) =>
      fault(route, 'spec.rules', { rule, why: `lead nobody to ${path}, which the service has` }),
    ),
    ...idle.map(({ path }) =>
      fault(route, 'spec.rules', { rule, why: `lead ${path.value} to a service that has no such path` }),
    ),
    ...strangers.map((name) => fault(route, 'spec.rules', { rule, why: `lead to ${name}` })),
  ];
}

function pathsOf(service: string): string[] {
  return Object.keys(JSON.parse(readFileSync(join(documents, `${service}.openapi.json`), 'utf8')).paths);
}

function leads({ path: { type, value } }: Match, path: string): boolean {
  if (type === 'Exact') return path === value;
  return value === '/' || path === value || path.startsWith(`${value}/`);
}
