import { type AccessTokens, createAccessTokens } from './access-tokens.ts';
import type { Clock } from './clock.ts';
import { FaultBook } from './faults.ts';
import { createSigningKey } from './keys.ts';
import { type Seed, withClusterIssuer } from './seed.ts';
import { createServiceAccountIssuer, type ServiceAccountIssuer } from './service-accounts.ts';
import { State } from './state.ts';

interface Surroundings {
  readonly clock: Clock;
  /** Resource groups on one page when the caller does not ask for a number. */
  readonly pageSize: number;
  /** Scheme, host and port of the listeners, without a trailing slash. */
  readonly httpsUrl: string;
  readonly httpUrl: string;
}

/** What the emulated services share. Each room takes it whole: they all stand in the same Azure. */
export interface World extends Surroundings {
  readonly state: State;
  readonly faults: FaultBook;
  readonly accessTokens: AccessTokens;
  readonly cluster: ServiceAccountIssuer;
}

/** Makes the tenant of the seed, with fresh signing keys, reachable at the URLs. */
export async function createWorld({ seed, ...surroundings }: Surroundings & { seed: Seed }): Promise<World> {
  const { clock, httpsUrl } = surroundings;
  const [tenantKey, clusterKey] = await Promise.all([createSigningKey(), createSigningKey()]);
  const cluster = createServiceAccountIssuer(`${httpsUrl}/cluster/`, clusterKey, clock);
  return {
    ...surroundings,
    state: new State(withClusterIssuer(seed, cluster.issuer)),
    faults: new FaultBook(),
    accessTokens: createAccessTokens({ key: tenantKey, httpsUrl, tenantId: seed.tenant.id, clock }),
    cluster,
  };
}
