import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { httpLoad } from '../http/http-load.ts';
import type { Stage } from '../stage.ts';
import { startAzure } from './azure.ts';
import { type Asked, type FlatGroup, flatGroups, questions } from './filters.ts';
import { pageOf } from './page-check.ts';
import { scanningFastify } from './peers.ts';
import { service, serviceName } from './service.ts';
import type { TenantSize } from './tenant.ts';

const path = '/v1/resource-groups';
const aimMicroseconds = 2000;
const smallestPage = 100;
const pageSizeCount = 100;

/** Queries with filters, thousands of different ones in turn: no server lives on an answer that it has kept. */
export function filteredList(name: string, size: TenantSize): Section {
  return contest({
    name,
    question: `GET ${path} with filters, ${size.groups} groups in ${size.subscriptions} subscriptions`,
    size: 1 + Object.keys(questions).length,
    aims: Object.keys(questions).map((filter) => ({
      entrant: `${serviceName}, ${filter}`,
      belowMicroseconds: aimMicroseconds,
    })),
    prepare: (stage) => lineup(stage, size),
  });
}

async function lineup(stage: Stage, size: TenantSize): Promise<Lineup> {
  const groups = flatGroups(size);
  const file = join(stage.directory, 'groups.json');
  writeFileSync(file, JSON.stringify(groups));
  const azure = await startAzure(stage, size);
  const own = await stage.start(service(azure));
  const scan = await stage.start(scanningFastify(path, file));
  const loads = Object.entries(questions).map(([filter, ask]) => ({ filter, load: loadOf(ask(size), groups) }));
  const entrants = loads.map(({ filter, load }) => ({ name: `${serviceName}, ${filter}`, server: own, load }));
  const [first] = loads;
  if (!first) throw new Error('there is nothing to ask');
  return { entrants: [{ name: `${scan.name}, ${first.filter}`, server: scan, load: first.load }, ...entrants] };
}

/** Each query with many page sizes, which hold all that it finds: no request is sent twice in a second. */
function loadOf(asked: readonly Asked[], groups: readonly FlatGroup[]) {
  const checked = asked.map(({ query, matches }) => {
    const names = groups.filter(matches).map(({ name }) => name);
    if (names.length === 0 || names.length > smallestPage) throw new Error(`${query} finds ${names.length} groups`);
    return { query, faultOf: pageOf(names) };
  });
  const pageSizes = Array.from({ length: pageSizeCount }, (_, index) => smallestPage + index);
  const exchanges = pageSizes.flatMap((pageSize) =>
    checked.map(({ query, faultOf }) => ({ path: `${path}?${query}&pageSize=${pageSize}`, faultOf })),
  );
  return httpLoad(...exchanges);
}
