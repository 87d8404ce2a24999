import { parse } from 'yaml';
import { matching } from '../files.ts';
import type { Finding } from '../finding.ts';
import { type Deployed, differs, found, ofType, unlike } from './deployed.ts';

/** Each service account has its own identity, and reads its own secrets and nothing else. */
export function identities(deployed: Deployed): Finding[] {
  return [...subjects(deployed), ...secrets(deployed), ...database(deployed), ...custom(deployed)];
}

function subjects(deployed: Deployed): Finding[] {
  const credentials = ofType(deployed, 'federatedIdentityCredentials');
  const accounts = matching(deployed.files, /^deploy\/services\/[^/]+\/azure\/serviceaccount\.yaml$/).map(
    ([, text]) => `system:serviceaccount:seaworthy:${parse(text).metadata.name}`,
  );
  const keda = 'system:serviceaccount:kube-system:keda-operator';
  const mine = credentials.map(({ body }) => body.properties.subject as string);
  return [
    ...unlike('deploy/identity/main.bicep', 'the subject', [mine, [...accounts, keda]]),
    ...credentials.flatMap(({ name, body: { properties } }) => [
      ...(properties.audiences.join() === 'api://AzureADTokenExchange'
        ? []
        : [differs('deploy/identity/main.bicep', `${name} has the audience ${properties.audiences.join()}`)]),
      ...(properties.subject.split(':').at(-1).startsWith(name.split('/')[0])
        ? []
        : [differs('deploy/identity/main.bicep', `${name} is for ${properties.subject}`)]),
      ...(properties.issuer ===
      `‹managedClusters seaworthy-${deployed.environment}.properties.oidcIssuerProfile.issuerURL›`
        ? []
        : [differs('deploy/identity/main.bicep', `${name} trusts ${properties.issuer}`)]),
    ]),
  ];
}

function secrets(deployed: Deployed): Finding[] {
  const file = 'deploy/key-vault/main.bicep';
  const made = ofType(deployed, 'vaults/secrets').map(({ name }) => name.split('/')[1] ?? '');
  const asked = found(
    deployed.files,
    /^deploy\/key-vault\/(?:groupz|realtime|users)\/secretproviderclass\.yaml$/,
    /objectName: (\S+)/g,
  );
  const reads = ofType(deployed, 'roleAssignments').filter(({ file }) => file.endsWith('secret-reader.bicep'));
  return [
    ...unlike(file, 'the secret', [made, asked]),
    ...made.flatMap((secret) => {
      const readers = reads.filter(
        ({ body }) => body.scope?.fullName === `seaworthy-${deployed.environment}/${secret}`,
      );
      const expected = `‹userAssignedIdentities ${secret.split('-')[0]}.properties.principalId›`;
      const right = readers.length === 1 && readers[0]?.body.properties.principalId === expected;
      return right ? [] : [differs(file, `${secret} is not read by its service alone`)];
    }),
    ...ofType(deployed, 'vaults/secrets').flatMap(({ name, body }) =>
      `${body.properties.value}`.startsWith(name.endsWith('-url') ? 'rediss://:‹' : '‹environment ')
        ? []
        : [differs(file, `${name} has a value that stands in the template`)],
    ),
  ];
}

function database(deployed: Deployed): Finding[] {
  const file = 'deploy/data/main.bicep';
  return ofType(deployed, 'flexibleServers/administrators').flatMap(({ name, body: { properties } }) => {
    const expected = `‹userAssignedIdentities ${properties.principalName}.properties.principalId›`;
    return name.endsWith(expected)
      ? []
      : [differs(file, `${properties.principalName} is not the identity of that name`)];
  });
}

/** The role of groupz sees groups and subscriptions. */
function custom(deployed: Deployed): Finding[] {
  const allowed = ['Microsoft.Resources/subscriptions/read', 'Microsoft.Resources/subscriptions/resourceGroups/read'];
  return ofType(deployed, 'roleDefinitions').flatMap(({ file, body: { properties } }) => {
    const actions = properties.permissions.flatMap((each: { actions: string[] }) => each.actions);
    return actions.join() === allowed.join() ? [] : [differs(file, `the role may ${actions.join(', ')}`)];
  });
}
