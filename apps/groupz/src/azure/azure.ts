import type { TlsSettings } from '@azure/core-rest-pipeline';
import type { AzureCalls } from '../azure-calls.ts';
import type { Clock } from '../clock.ts';
import type { GroupSource } from '../group-source.ts';
import type { SubscriptionSource } from '../subscription-source.ts';
import { armSource } from './arm-source.ts';
import { armSubscriptions } from './arm-subscriptions.ts';
import type { Azure } from './azure-reading.ts';
import { credentialMaker, type IdentitySettings } from './credential.ts';
import { resourceGraphSource } from './resource-graph-source.ts';
import { shareCredential } from './shared-credential.ts';
import { tokenTurns } from './token-turns.ts';

/** Where Azure is, and who to be there. */
export interface AzureSettings extends IdentitySettings {
  SOURCE: GroupSource['name'];
  ARM_ENDPOINT: string;
  ARM_AUDIENCE: string;
}

interface AzureOptions {
  calls: AzureCalls;
  clock: Clock;
  /** For tests; production trusts by NODE_EXTRA_CA_CERTS. */
  tlsOptions?: TlsSettings;
}

/** What Azure knows: groups from the source that the settings name, and the subscriptions. Both use one token. */
export function connectAzure(
  settings: AzureSettings,
  { calls, clock, tlsOptions }: AzureOptions,
): { groups: GroupSource; subscriptions: SubscriptionSource } {
  const azure: Azure = {
    endpoint: withoutSlash(settings.ARM_ENDPOINT),
    scope: `${withoutSlash(settings.ARM_AUDIENCE)}/.default`,
    credential: shareCredential(credentialMaker(settings, { calls, tlsOptions }), { clock, calls }),
    turns: tokenTurns(clock),
    calls,
    clock,
    tlsOptions,
  };
  const groups = settings.SOURCE === 'arm' ? armSource(azure) : resourceGraphSource(azure);
  return { groups, subscriptions: armSubscriptions(azure) };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}
