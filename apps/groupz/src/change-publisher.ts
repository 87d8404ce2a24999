import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';

/** Tells others of changes as they are seen, those who listen at that moment. */
export interface ChangePublisher {
  /**
   * Publishes the changes in their order, each at most once. Returns at once and never throws: who reads Azure does not
   * wait for whoever wants to know of it. What cannot be published soon is dropped.
   */
  publish(changes: readonly ResourceGroupChange[]): void;
  /** Finishes what it can soon, and lets go of everything. Nothing is published afterwards. */
  close(): Promise<void>;
}

/**
 * What became of changes: `published` here, a `duplicate` that another replica had published before, or `dropped`.
 */
export type PublishOutcome = 'published' | 'duplicate' | 'dropped';

/** Told how many changes had which outcome, so that they can be counted. */
export type PublishObserver = (outcome: PublishOutcome, changes: number) => void;
