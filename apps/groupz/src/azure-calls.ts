/** Told of every call to Azure, so that it can be counted. */
export interface AzureCalls {
  /** A call was answered, or failed: `outcome` is the status, or `failed` without one. */
  call(target: 'arm' | 'resource-graph' | 'identity', outcome: string): void;
  /** How many reads Azure permits before it throttles; of a subscription for `arm`, of the identity otherwise. */
  remaining(target: 'arm' | 'resource-graph', subscriptionId: string, reads: number): void;
  /** An access token was acquired, in milliseconds of the epoch. */
  token(acquiredAt: number, expiresAt: number): void;
}
