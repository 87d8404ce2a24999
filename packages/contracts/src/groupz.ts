import { type Static, Type } from 'typebox';

/** What `GET /groupz` answers: the names of resource groups, sorted without regard to case; `[]` when there are none. */
export const ResourceGroupNames = Type.Array(Type.String({ minLength: 1, maxLength: 90 }), {
  description: 'Names of resource groups, sorted without regard to case.',
  examples: [['rg-aks', 'rg-data']],
});
export type ResourceGroupNames = Static<typeof ResourceGroupNames>;

/** The Redis channel to which each `ResourceGroupChange` is published as JSON. */
export const changesChannel = 'groupz.changes';

/** The length of a page when the caller names none, and the greatest that may be asked for. */
export const pageSizes = { default: 100, most: 500 } as const;

const moment = { format: 'date-time' };

/** A resource group as Azure knows it; the field names are those of Azure Resource Manager and Resource Graph. */
export const ResourceGroup = Type.Object({
  id: Type.String({
    description: 'Resource id, in the casing in which Azure keeps it.',
    examples: ['/subscriptions/0b1f6471-1bf0-4dda-aec3-111111111111/resourceGroups/rg-aks'],
  }),
  name: Type.String({
    description: 'In the casing in which Azure keeps it; Azure compares names without regard to it.',
  }),
  subscriptionId: Type.String({ format: 'uuid' }),
  location: Type.String({ description: 'Azure region.', examples: ['westeurope'] }),
  tags: Type.Record(Type.String(), Type.String()),
  managedBy: Type.Union([Type.String(), Type.Null()], { description: 'Id of the resource that manages the group.' }),
  provisioningState: Type.String({ examples: ['Succeeded', 'Deleting'] }),
});
export type ResourceGroup = Static<typeof ResourceGroup>;

/** A field of a resource group. */
export type ResourceGroupField = keyof ResourceGroup;
export const resourceGroupFields = Object.keys(ResourceGroup.properties) as readonly ResourceGroupField[];

/** Where groups are read from. */
export const SourceName = Type.Enum(['arm', 'resource-graph'], { type: 'string' });
export type SourceName = Static<typeof SourceName>;

/** How old an answer is; of several subscriptions, the oldest counts. */
export const Freshness = Type.Object({
  asOf: Type.String({ ...moment, description: 'When the oldest part was read from Azure.' }),
  ageSeconds: Type.Integer({ minimum: 0, description: 'Whole seconds since then, as in `Age`.' }),
  stale: Type.Boolean({ description: 'Whether a part should have been read again by now: that failed or is overdue.' }),
  source: SourceName,
});
export type Freshness = Static<typeof Freshness>;

/** Why a subscription is missing from an answer, or older than it should be. */
export const SubscriptionError = Type.Object({
  subscriptionId: Type.String(),
  status: Type.Integer({ description: 'HTTP status of what went wrong, Azure’s own where it answered.' }),
  code: Type.String({ description: 'Azure’s error code, or a word of ours where it gave none.' }),
  served: Type.Boolean({ description: 'Whether an older reading of the subscription is part of the answer.' }),
  retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 0, description: 'When it is read again, at the soonest.' })),
});
export type SubscriptionError = Static<typeof SubscriptionError>;

/** The query of `GET /v1/resource-groups`. Filters are joined by AND; of a repeated one, see its description. */
export const ResourceGroupQuery = Type.Object(
  {
    subscription: Type.Optional(texts(36, 'Subscription id. Repeated: any of them.')),
    location: Type.Optional(texts(64, 'Region, `westeurope` or `West Europe`. Repeated: any of them.')),
    tag: Type.Optional(texts(800, '`key:value`, the key in any case. Repeated: all of them.', 'env:prod')),
    tagKey: Type.Optional(texts(512, 'Key of a tag with any value, in any case. Repeated: all of them.')),
    name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 90, description: 'What the name begins with, in any case.' }),
    ),
    state: Type.Optional(texts(64, 'Provisioning state, in any case. Repeated: any of them.')),
    managedBy: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2048, description: 'Id of the managing resource, in any case.' }),
    ),
    sort: Type.Optional(
      Type.Enum(['name', '-name', 'location', '-location'], {
        type: 'string',
        description: 'The order: by name (the default) or by location and name; `-` turns it round.',
      }),
    ),
    fields: Type.Optional(texts(200, 'The fields to answer, comma separated; all when absent.', 'name,location')),
    pageSize: Type.Optional(
      Type.Integer({ minimum: 1, maximum: pageSizes.most, description: `${pageSizes.default} when absent.` }),
    ),
    pageToken: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 512,
        description:
          'The `nextPageToken` of the page before, with the same query. All pages come from one snapshot; when it is ' +
          'kept no longer the answer is 410: begin again without a token.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ResourceGroupQuery = Static<typeof ResourceGroupQuery>;

/** What `GET /v1/resource-groups` answers. With `fields`, groups have only those. */
export const ResourceGroupPage = Type.Object({
  value: Type.Array(Type.Partial(ResourceGroup)),
  nextPageToken: Type.Optional(Type.String({ description: 'For the next page; absent on the last one.' })),
  freshness: Freshness,
  errors: Type.Array(SubscriptionError, {
    description: 'Subscriptions that are missing or older than they should be.',
  }),
});
export type ResourceGroupPage = Static<typeof ResourceGroupPage>;

/** What groupz knows of a subscription. */
export const SubscriptionState = Type.Object({
  subscriptionId: Type.String({ format: 'uuid' }),
  displayName: Type.Union([Type.String(), Type.Null()], { description: 'Known where subscriptions are discovered.' }),
  state: Type.Union([Type.String(), Type.Null()], { description: 'Known where subscriptions are discovered.' }),
  resourceGroups: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'null until a first reading.',
  }),
  freshness: Type.Union([Freshness, Type.Null()], { description: 'null until a first reading.' }),
  error: Type.Union([SubscriptionError, Type.Null()], { description: 'Why the latest reading failed.' }),
});
export type SubscriptionState = Static<typeof SubscriptionState>;

/** What `GET /v1/subscriptions` answers, sorted by id. */
export const SubscriptionList = Type.Object({
  value: Type.Array(SubscriptionState),
  freshness: Type.Union([Freshness, Type.Null()], { description: 'null until a first reading of any of them.' }),
  errors: Type.Array(SubscriptionError, { description: 'Those of the subscriptions, once more in one place.' }),
});
export type SubscriptionList = Static<typeof SubscriptionList>;

/** A difference between two readings of a subscription. */
export const ResourceGroupChange = Type.Object({
  type: Type.Enum(['added', 'removed', 'changed'], { type: 'string' }),
  at: Type.String({
    ...moment,
    description: 'When the reading began that showed it; it happened between two readings.',
  }),
  group: Type.Object(ResourceGroup.properties, { description: 'As it is now; as it was last, when it was removed.' }),
  fields: Type.Optional(
    Type.Array(Type.String(), { description: 'Which fields changed; only where `type` is `changed`.' }),
  ),
  previous: Type.Optional(
    Type.Partial(ResourceGroup, { description: 'What those fields were before; only where `type` is `changed`.' }),
  ),
});
export type ResourceGroupChange = Static<typeof ResourceGroupChange>;

/** The query of routes that take no parameters: a typing error never seems to be obeyed. */
export const NoQuery = Type.Object({}, { additionalProperties: false });

/** The longest that a poll for changes may wait, in seconds: less than the idle time of any load balancer in front. */
export const longestPollSeconds = 25;

/** The query of `GET /v1/resource-groups/changes`. */
export const ChangeQuery = Type.Object(
  {
    since: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description:
          'The cursor up to which changes are known: of the answer before, or of a list’s `Link` with `rel="monitor"`. ' +
          'Absent: from now on. 410 when it is too old, from before a restart, or of another replica: read the list again.',
      }),
    ),
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: longestPollSeconds,
        description: 'Seconds that a poll waits for a first change; 20 when absent.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ChangeQuery = Static<typeof ChangeQuery>;

/** What `GET /v1/resource-groups/changes` answers to a poll. */
export const ChangePage = Type.Object({
  value: Type.Array(ResourceGroupChange, { description: 'In the order in which they were seen.' }),
  cursor: Type.String({ description: 'For the next poll, as `since`.' }),
});
export type ChangePage = Static<typeof ChangePage>;

function texts(maxLength: number, description: string, example?: string) {
  const examples = example === undefined ? {} : { examples: [[example]] };
  return Type.Array(Type.String({ minLength: 1, maxLength }), { minItems: 1, maxItems: 50, description, ...examples });
}
