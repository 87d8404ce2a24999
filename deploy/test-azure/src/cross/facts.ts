import { isLater } from '../bicep/values.ts';
import { textOf } from '../files.ts';
import type { Finding } from '../finding.ts';
import { type Deployed, differs, ofType, readSettings } from './deployed.ts';

/** What only a person reads. */
const forPeople = ['DOMAIN_VALIDATION'];

/** Every output is a fact that manifests use, and every fact is an output; what is known beforehand is equal. */
export function facts({ files, environment, outputs, ...rest }: Deployed): Finding[] {
  const path = (room: string) => `deploy/${room}/${environment}/facts.env`;
  const services = path('services/facts');
  const stated = { ...readSettings(textOf(files, services)), ...readSettings(textOf(files, path('gateway'))) };
  const names = Object.keys(outputs).filter((name) => !forPeople.includes(name));
  const server = ofType(rest, 'flexibleServers')[0]?.name;
  const expected: Record<string, unknown> = {
    ...outputs,
    // Both hosts follow from names.
    USERS_DATABASE_URL: `postgresql://users@${server}.postgres.database.azure.com/users?sslmode=verify-full`,
  };
  return [
    ...Object.keys(stated)
      .filter((name) => !names.includes(name))
      .map((name) => differs(services, `${name} is no output of main.bicep`)),
    ...names
      .filter((name) => !(name in stated))
      .map((name) => differs('deploy/main.bicep', `${name} is in no facts.env of ${environment}`)),
    ...names.flatMap((name) => {
      const [is, should] = [stated[name] ?? '', expected[name]];
      return isLater(should) || is === should ? [] : [differs(services, `${name} is ${is}, and ${should} in Bicep`)];
    }),
    ...names
      .filter((name) => name.endsWith('_CLIENT_ID'))
      .flatMap((name) => {
        const service = name.replace('_CLIENT_ID', '').toLowerCase();
        const should = `‹userAssignedIdentities ${service}.properties.clientId›`;
        return outputs[name] === should ? [] : [differs('deploy/main.bicep', `${name} is ${outputs[name]}`)];
      }),
  ];
}
