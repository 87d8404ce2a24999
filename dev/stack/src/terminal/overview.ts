import type { StackSettings } from '../settings.ts';
import { renderTable } from './table.ts';

/** What there is to tell once everything runs. */
interface OverviewFacts {
  settings: StackSettings;
  redis: {
    /** Without a password. */
    address: string;
    title: string;
    publishCommand: string;
  };
  /** Where users keeps its data, for people. */
  database: string;
  /** Which tokens users asks its callers for: those that the emulated Azure hands out, or others, or none. */
  tokens: 'emulated' | 'other';
  /** A subscription of the emulated Azure. */
  subscriptionId: string;
}

/** The table of what runs where, and commands to try. */
export function renderOverview(facts: OverviewFacts): string {
  const commands = commandsFor(facts).map((command) => `  ${command}`);
  return ['', renderTable(rowsOf(facts)), '', 'Try:', ...commands, '', 'Ctrl-C stops everything.', ''].join('\n');
}

function rowsOf({ settings, redis, database }: OverviewFacts): string[][] {
  const at = (port: number) => `http://localhost:${port}`;
  return [
    ['what', 'where', 'what it is'],
    ['gateway', at(settings.GATEWAY_PORT), "stands in for the cluster's gateway, by the routes of deploy/services"],
    ['groupz', at(settings.GROUPZ_PORT), 'the service itself, with the Azure below'],
    ['realtime', at(settings.REALTIME_PORT), 'the service itself, with the Redis below'],
    ['users', at(settings.USERS_PORT), `the service itself, with ${database}`],
    ['azure', `https://localhost:${settings.EMULATOR_HTTPS_PORT}`, 'stands in for Entra ID and Azure Resource Manager'],
    ['', at(settings.EMULATOR_HTTP_PORT), 'stands in for managed identity; /_emulator changes what Azure holds'],
    ['redis', redis.address, redis.title],
  ];
}

function commandsFor({ settings, redis, tokens, subscriptionId }: OverviewFacts): string[] {
  const gateway = `http://localhost:${settings.GATEWAY_PORT}`;
  const emulator = `localhost:${settings.EMULATOR_HTTP_PORT}/_emulator`;
  const groups = `${emulator}/subscriptions/${subscriptionId}/resourcegroups`;
  const json = "-H 'content-type: application/json'";
  const [token, bearer] =
    tokens === 'emulated'
      ? [[`TOKEN=$(curl -s ${emulator}/access-token)`], ' -H "Authorization: Bearer $TOKEN"']
      : [[], ''];
  return [
    `curl ${gateway}/groupz`,
    `curl '${gateway}/v1/resource-groups?tag=env:prod&fields=name,location'`,
    `curl -X PUT ${groups}/rg-new ${json} -d '{"location":"westeurope"}'`,
    ...token,
    `curl ${gateway}/users${bearer} ${json} -d '{"email":"ada@example.com","displayName":"Ada"}'`,
    `open ${gateway}/?channel=device01 in a browser, then: ${redis.publishCommand}`,
  ];
}
