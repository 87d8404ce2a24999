import { randomUUID } from 'node:crypto';
import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';
import type { Redis } from 'ioredis';
import { claimKey } from './claim.ts';
import { resultsOf } from './pipeline.ts';

type Claim = 'new' | 'own' | 'foreign';

/** What one replica claims to publish. A claim names its owner and ends by itself, `seconds` after it was last used. */
export class Claims {
  readonly #redis: Redis;
  readonly #seconds: number;
  readonly #owner = randomUUID();

  constructor(redis: Redis, seconds: number) {
    this.#redis = redis;
    this.#seconds = Math.ceil(seconds);
  }

  /** Leaves out what another replica publishes. Rather twice than never: what cannot be claimed is not left out. */
  async take(changes: readonly ResourceGroupChange[]): Promise<readonly ResourceGroupChange[]> {
    const claims = await this.#claim(changes);
    await this.#renew(changes.filter((_, index) => claims[index] === 'own'));
    return changes.filter((_, index) => claims[index] !== 'foreign');
  }

  /** `SET … NX GET` would be one command instead of two, and needs Redis 7. */
  async #claim(changes: readonly ResourceGroupChange[]): Promise<readonly Claim[]> {
    const pipeline = this.#redis.pipeline();
    for (const key of changes.map(claimKey)) pipeline.set(key, this.#owner, 'EX', this.#seconds, 'NX').get(key);
    const results = await resultsOf(pipeline);
    return changes.map((_, index) => {
      const [set, get] = [results[2 * index], results[2 * index + 1]];
      // Without an owner, the claim ended between the two commands, or may not be read.
      if (set?.[0] || set?.[1] === 'OK' || typeof get?.[1] !== 'string') return 'new';
      return get[1] === this.#owner ? 'own' : 'foreign';
    });
  }

  /** Other replicas see a change that happens once more as late as they saw it the first time. */
  async #renew(changes: readonly ResourceGroupChange[]): Promise<void> {
    if (changes.length === 0) return;
    const pipeline = this.#redis.pipeline();
    for (const key of changes.map(claimKey)) pipeline.set(key, this.#owner, 'EX', this.#seconds);
    await resultsOf(pipeline);
  }
}
