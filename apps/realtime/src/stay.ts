import type { Format } from './entry.ts';
import type { Feed } from './feed.ts';

/** A client's end of a connection, as the fan-out sees it. */
export interface Member {
  /** What it reads. */
  readonly format: Format;
  /** How many channels it is in. */
  readonly channels: number;
  /** Bytes that wait for the client to read. */
  readonly backlog: number;
  /** Writes what belongs to many: nobody changes it. Never throws. */
  write(bytes: Buffer): void;
  /** Holds what is written, until `uncork` sends all of it at once. */
  cork(): void;
  uncork(): void;
  /** Ends a client that has read nothing for too long. */
  giveUp(): void;
}

/** How far somebody is; see `Stay`. */
export interface Whereabouts {
  next: number;
  after: number;
  epoch: string;
}

/** A member's time in a channel. Whoever is live has had everything that was handed out; who is behind is a place. */
export class Stay {
  readonly feed: Feed;
  readonly member: Member;
  state: 'live' | 'behind' | 'left' = 'behind';
  /** The place of the first entry that it has not had. */
  next: number;
  /** The last number that it has had, and the run of numbers it belongs to. */
  after: number;
  epoch: string;
  /** Why it is behind. */
  cause: 'slow' | 'trimmed' = 'trimmed';
  /** Whether somebody is reading from the store for it. */
  reading = false;

  constructor(feed: Feed, member: Member, { next, after, epoch }: Whereabouts) {
    this.feed = feed;
    this.member = member;
    this.next = next;
    this.after = after;
    this.epoch = epoch;
  }
}
