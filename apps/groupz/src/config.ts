import type { SettingRule } from '@seaworthy/chassis/environment';
import { defineSettings } from '@seaworthy/chassis/settings';
import { type Static, Type } from 'typebox';

/** The settings of groupz; the descriptions are the table in its README. */
export const Settings = defineSettings({
  SUBSCRIPTION_ID: Type.Array(Type.String({ format: 'uuid' }), {
    minItems: 1,
    description: 'The subscriptions to list, one or several, comma separated.',
    examples: [['0b1f6471-1bf0-4dda-aec3-111111111111']],
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
    maximum: 86_400,
    default: 60,
    description: 'Time between two readings of a subscription; varied by 10 %.',
  }),
  REFRESH_DEADLINE_SECONDS: Type.Number({
    minimum: 1,
    maximum: 600,
    default: 30,
    description: 'The longest that one reading may take, over all its pages.',
  }),
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
  ({ SUBSCRIPTION_ID = [] }) => {
    const ids = SUBSCRIPTION_ID.map((id) => id.toLowerCase());
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    return twice === undefined ? undefined : { name: 'SUBSCRIPTION_ID', fault: `names ${twice} twice` };
  },
];

function httpsUrl(description: string, value: string) {
  return Type.String({ pattern: '^https://[^/\\s]+/?$', default: value, description: `${description} An https URL.` });
}
