import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { apisOf, findApi } from './apis.ts';
import { problemsOf } from './problems.ts';

/** In a federated credential's issuer: the address of this emulator's own cluster issuer, known only once it listens. */
const CLUSTER_PLACEHOLDER = '{cluster}';

const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1 });
const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });

/** Tag names and values, within ARM's limits: 50 tags, names of 512 and values of 256 characters. */
export const Tags = Type.Record(Type.String({ pattern: '^.{1,512}$' }), Type.String({ maxLength: 256 }), {
  maxProperties: 50,
  additionalProperties: false,
});

/**
 * A resource group's name: 1 to 90 letters, digits, `-_.()`, not ending in a full stop. `%` is allowed beyond what ARM
 * allows: it finds clients that escape once too often or too rarely.
 */
export const GroupName = Type.String({ pattern: '^[-\\w.()%\\p{L}\\p{N}]{0,89}[-\\w()%\\p{L}\\p{N}]$' });

export const ResourceGroup = Type.Object(
  { name: GroupName, location: text, tags: Type.Optional(Tags), managedBy: Type.Optional(text) },
  closed,
);
export type ResourceGroup = Static<typeof ResourceGroup>;

export const Subscription = Type.Object(
  {
    id: uuid,
    displayName: text,
    state: Type.Enum(['Enabled', 'Warned', 'PastDue', 'Disabled', 'Deleted']),
    resourceGroups: Type.Array(ResourceGroup),
  },
  closed,
);
export type Subscription = Static<typeof Subscription>;
export type SubscriptionDescription = Omit<Subscription, 'resourceGroups'>;

const FederatedCredential = Type.Object(
  { name: text, issuer: text, subject: text, audiences: Type.Array(text, { minItems: 1 }) },
  closed,
);

const AppRoleAssignment = Type.Object({ api: text, roles: Type.Array(text, { minItems: 1 }) }, closed);

/**
 * An application, or a user-assigned managed identity when it has a `resourceId`, or an API when it has
 * `identifierUris`. APIs take tokens of version 2.0 (`requestedAccessTokenVersion` of their manifest).
 */
export const Application = Type.Object(
  {
    name: text,
    clientId: uuid,
    objectId: uuid,
    resourceId: Type.Optional(text),
    /** The names by which an API is asked for, such as `api://users`. */
    identifierUris: Type.Optional(Type.Array(text, { minItems: 1 })),
    /** The roles that an API knows. */
    appRoles: Type.Optional(Type.Array(text)),
    /** Roles of APIs, named by their `name`, that the application has. */
    appRoleAssignments: Type.Optional(Type.Array(AppRoleAssignment)),
    federatedCredentials: Type.Array(FederatedCredential),
    subscriptions: Type.Array(uuid),
  },
  closed,
);
export type Application = Static<typeof Application>;

export const Seed = Type.Object(
  {
    tenant: Type.Object({ id: uuid, domain: text, displayName: text }, closed),
    resources: Type.Array(text),
    appService: Type.Object({ identityHeader: text }, closed),
    defaultIdentity: Type.Optional(uuid),
    applications: Type.Array(Application),
    subscriptions: Type.Array(Subscription),
  },
  closed,
);
export type Seed = Static<typeof Seed>;

/** Reads a seed from a JSON file. Throws an Error that says what is wrong, and where in the file. */
export function readSeed(file: string): Seed {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message}`, { cause });
  }
  return parseSeed(value, file);
}

/** Checks shape and cross references. Throws one Error naming every fault, each with its JSON pointer. */
export function parseSeed(value: unknown, source: string): Seed {
  const misfits = problemsOf(Seed, value);
  const problems = misfits.length > 0 ? misfits : crossReferenceProblems(value as Seed);
  if (problems.length > 0) throw new Error(`${source}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return structuredClone(value) as Seed;
}

/** The seed with the placeholder for the cluster issuer replaced by its address. */
export function withClusterIssuer(seed: Seed, issuer: string): Seed {
  const applications = seed.applications.map((application) => ({
    ...application,
    federatedCredentials: application.federatedCredentials.map((credential) => ({
      ...credential,
      issuer: credential.issuer === CLUSTER_PLACEHOLDER ? issuer : credential.issuer,
    })),
  }));
  return { ...seed, applications };
}

function crossReferenceProblems(seed: Seed): string[] {
  const known = new Set(seed.subscriptions.map((subscription) => subscription.id));
  const strangers = seed.applications.flatMap((application, index) =>
    application.subscriptions
      .filter((id) => !known.has(id))
      .map((id) => `/applications/${index}/subscriptions names no subscription: ${id}`),
  );
  return [
    ...strangers,
    ...identifierProblems(seed),
    ...appRoleProblems(seed),
    ...repeated('/applications', seed.applications, (application) => application.clientId),
    ...repeated('/applications', seed.applications, (application) => application.name),
    ...repeated('/subscriptions', seed.subscriptions, (subscription) => subscription.id),
    ...seed.subscriptions.flatMap((subscription, index) =>
      repeated(`/subscriptions/${index}/resourceGroups`, subscription.resourceGroups, (group) =>
        group.name.toLowerCase(),
      ),
    ),
  ];
}

function identifierProblems({ applications }: Seed): string[] {
  return applications.flatMap(({ name, identifierUris = [] }, index) =>
    identifierUris
      .filter((uri) => findApi(applications, uri)?.name !== name)
      .map((uri) => `/applications/${index}/identifierUris repeats ${uri}`),
  );
}

function appRoleProblems({ applications }: Seed): string[] {
  const known = new Map(apisOf(applications).map(({ name, appRoles = [] }) => [name, appRoles]));
  return applications.flatMap(({ appRoleAssignments = [] }, index) =>
    appRoleAssignments.flatMap(({ api, roles }, place) => {
      const at = `/applications/${index}/appRoleAssignments/${place}`;
      const unknown = roles.filter((role) => !known.get(api)?.includes(role));
      return known.has(api)
        ? unknown.map((role) => `${at} names no role of ${api}: ${role}`)
        : [`${at} names no API: ${api}`];
    }),
  );
}

function repeated<Item>(path: string, items: readonly Item[], key: (item: Item) => string): string[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const value = key(item);
    const problem = seen.has(value) ? [`${path}/${index} repeats ${value}`] : [];
    seen.add(value);
    return problem;
  });
}
