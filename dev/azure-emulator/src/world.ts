import { type AccessTokens, createAccessTokens, issuerAt } from './access-tokens.ts';
import { CallLog } from './call-log.ts';
import type { Clock } from './clock.ts';
import { FaultBook } from './fault-book.ts';
import type { FaultTarget } from './faults.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { createSigningKey } from './keys.ts';
import { namedOrigin } from './listener.ts';
import { createQueryQuota, type QueryQuota } from './query-quota.ts';
import { createReadAllowance, type ReadAllowance } from './read-allowance.ts';
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
  readonly calls: CallLog;
  readonly allowance: ReadAllowance;
  readonly quota: QueryQuota;
  readonly accessTokens: AccessTokens;
  /** The keys of access tokens. */
  readonly signingKeys: KeyRing;
  /** The issuer that tokens name, but for those got at https by another host name. */
  readonly issuer: string;
  readonly cluster: ServiceAccountIssuer;
  /** The service's own clock, which a fault may put ahead or behind. */
  clockOf(target: FaultTarget): Clock;
  /** Everything back to what the seed says, faults and counters gone. Tokens stay good. */
  reset(): void;
}

/** Makes the tenant of the seed, with fresh signing keys, reachable at the URLs. */
export async function createWorld({ seed, ...surroundings }: Surroundings & { seed: Seed }): Promise<World> {
  const { clock, httpsUrl } = surroundings;
  const [signingKeys, clusterKey] = await Promise.all([createKeyRing(), createSigningKey()]);
  const cluster = createServiceAccountIssuer(`${httpsUrl}/cluster/`, clusterKey, clock);
  const state = new State(withClusterIssuer(seed, cluster.issuer));
  const [faults, calls] = [new FaultBook(clock), new CallLog()];
  const [allowance, quota] = [createReadAllowance(clock), createQueryQuota(clock)];
  const clockOf =
    (target: FaultTarget): Clock =>
    () =>
      clock() + faults.skewOf(target) * 1000;
  const { applications, tenant } = state;
  const origin = namedOrigin(httpsUrl);
  const authority = { keys: signingKeys, origin, tenantId: tenant.id, applications, clock: clockOf('entra') };
  return {
    ...surroundings,
    state,
    faults,
    calls,
    allowance,
    quota,
    accessTokens: createAccessTokens(authority),
    signingKeys,
    issuer: issuerAt(origin, tenant.id),
    cluster,
    clockOf,
    reset() {
      for (const part of [state, faults, calls, allowance, quota]) part.reset();
    },
  };
}
