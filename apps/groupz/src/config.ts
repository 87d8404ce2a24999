import type { SettingRule } from '@seaworthy/chassis/environment';
import { secretSetting } from '@seaworthy/chassis/secret';
import { defineSettings } from '@seaworthy/chassis/settings';
import { type Static, Type } from 'typebox';

const day = 86_400; // seconds

/** The settings of groupz; the descriptions are the table in its README. */
export const Settings = defineSettings({
  SUBSCRIPTION_ID: Type.Optional(
    Type.Array(Type.String({ format: 'uuid' }), {
      minItems: 1,
      description: 'The subscriptions to read, comma separated. Absent: all that the identity may see.',
      examples: [['0b1f6471-1bf0-4dda-aec3-111111111111']],
    }),
  ),
  SOURCE: Type.Enum(['arm', 'resource-graph'], {
    default: 'arm',
    description:
      'What groups are read from: `arm` lists each subscription, `resource-graph` asks for a thousand subscriptions ' +
      'at once, at the price that Azure may be minutes behind itself.',
  }),
  AZURE_IDENTITY: Type.Enum(['workload', 'managed', 'developer'], {
    default: 'workload',
    description:
      'Who to be for Azure: `workload` exchanges the service account token of the pod, `managed` asks the machine ' +
      'or web app, `developer` uses the login of `az` or `azd`.',
  }),
  AZURE_TENANT_ID: Type.Optional(
    Type.String({
      pattern: '^[0-9a-zA-Z.-]+$',
      description: 'Entra tenant of the identity, an id or a domain. Needed for `workload`.',
      examples: ['6f1d2c3b-4a59-4e68-8c77-9b0a1d2e3f40'],
    }),
  ),
  AZURE_CLIENT_ID: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'Client id of the identity. Needed for `workload`; for `managed` it picks a user-assigned identity.',
      examples: ['c0ffee00-6a2b-4c1d-9e3f-5a7b8c9d0e1f'],
    }),
  ),
  AZURE_FEDERATED_TOKEN_FILE: Type.Optional(
    Type.String({
      description: 'File with the projected service account token, named by the workload identity webhook.',
      examples: ['/var/run/secrets/azure/wi/token/azure-identity-token'],
    }),
  ),
  AZURE_AUTHORITY_HOST: httpsUrl('Where Entra issues tokens.', 'https://login.microsoftonline.com'),
  ARM_ENDPOINT: httpsUrl('Where Azure Resource Manager answers.', 'https://management.azure.com'),
  ARM_AUDIENCE: httpsUrl(
    'Whom the access tokens are for; only a sovereign cloud has another one.',
    'https://management.azure.com',
  ),
  REFRESH_SECONDS: Type.Number({
    minimum: 1,
    maximum: day,
    default: 60,
    description: 'Time between two readings of a subscription; varied by 10 %.',
  }),
  REFRESH_DEADLINE_SECONDS: Type.Number({
    minimum: 1,
    maximum: 600,
    default: 30,
    description: 'The longest that one reading may take, over all its pages.',
  }),
  REFRESH_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 8,
    description: 'How many readings run at a time.',
  }),
  DISCOVERY_SECONDS: Type.Number({
    minimum: 1,
    maximum: day,
    default: 300,
    description: 'Time between two looks at which subscriptions there are.',
  }),
  STALE_LIMIT_SECONDS: Type.Number({
    minimum: 1,
    maximum: 30 * day,
    default: 3600,
    description: 'While Azure cannot be read, the last good reading is served for so long, declared stale; then 503.',
  }),
  PAGE_TOKEN_KEY: Type.Optional(
    secretSetting({
      pattern: '^.{16,}$',
      description:
        'Signs page tokens: the same for all replicas, so that each can follow the tokens of the others. Absent: one ' +
        'is made up at the start.',
      examples: ['8c1f0e1d5a7b4b0f9a53'],
    }),
  ),
  REDIS_URL: Type.Optional(
    secretSetting({
      pattern: '^rediss?://',
      description:
        'Where changes are published, `rediss://` for TLS; it may carry a user and a password. Absent: nowhere.',
      examples: ['rediss://:password@name.redis.cache.windows.net:6380'],
    }),
  ),
});
export type Settings = Static<typeof Settings>;

const workloadNeeds = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'] as const;

/** What the identities need, and what they must not meet. */
export const rules: readonly SettingRule<Settings>[] = [
  ...workloadNeeds.map(
    (name): SettingRule<Settings> =>
      (settings) => {
        if (settings.AZURE_IDENTITY !== 'workload' || settings[name] !== undefined) return undefined;
        return { name, fault: 'is needed, as AZURE_IDENTITY is workload (the default)' };
      },
  ),
  // The SDK's ManagedIdentityCredential turns into a workload identity without a cache when it finds all three.
  (settings) => {
    if (settings.AZURE_IDENTITY !== 'managed' || workloadNeeds.some((name) => settings[name] === undefined))
      return undefined;
    return {
      name: 'AZURE_IDENTITY',
      fault: 'is managed, but the pod has a workload identity, which the SDK would take instead: set workload',
    };
  },
  ...(['AZURE_AUTHORITY_HOST', 'ARM_ENDPOINT', 'ARM_AUDIENCE'] as const).map(
    (name): SettingRule<Settings> =>
      (settings) => {
        const url = URL.parse(settings[name] ?? '');
        const plain = url && url.protocol === 'https:' && url.href === `${url.origin}/`;
        return plain ? undefined : { name, fault: 'must be https://, a host and perhaps a port, and nothing else' };
      },
  ),
  ({ STALE_LIMIT_SECONDS = 0, REFRESH_SECONDS = 0 }) => {
    if (STALE_LIMIT_SECONDS > 1.1 * REFRESH_SECONDS) return undefined;
    const fault = 'must be more than REFRESH_SECONDS and a tenth: a reading would be too old before the next one';
    return { name: 'STALE_LIMIT_SECONDS', fault };
  },
  ({ SUBSCRIPTION_ID = [] }) => {
    const ids = SUBSCRIPTION_ID.map((id) => id.toLowerCase());
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    return twice === undefined ? undefined : { name: 'SUBSCRIPTION_ID', fault: `names ${twice} twice` };
  },
];

function httpsUrl(description: string, value: string) {
  return Type.String({ pattern: '^https://[^/\\s]+/?$', default: value, description: `${description} An https URL.` });
}
