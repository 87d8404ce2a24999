import type { CatchUp } from './catch-up.ts';
import type { Clock } from './clock.ts';
import type { Delivery, Feed } from './feed.ts';
import type { Chunk } from './ring.ts';
import type { Member, Stay } from './stay.ts';

/** So many writes take about 20 ms; then pings, joins and Redis get their turn. */
const slice = 2000;

interface FanOutOptions {
  clock: Clock;
  catchUp: CatchUp;
  /** How long messages may be held back to go out together, at most, in milliseconds; 0 never holds them. */
  maxDelayMilliseconds: number;
  /** More bytes waiting for a client than these, and it is behind. */
  sendBudgetBytes: number;
  /** Told how many messages went to how many clients in one go, and how long that took. */
  onFlush(flush: { deliveries: number; writes: number; milliseconds: number }): void;
}

/**
 * Hands out what is new. A write to a socket costs far more than anything else here, so that whatever arrived together
 * goes out together: the messages of one read from Redis, and under load those of a while that is as long as the last
 * round of writes took. When there is little to do, nothing waits.
 */
export class FanOut {
  readonly #options: FanOutOptions;
  readonly #fresh = new Set<Feed>();
  #busy = false;
  #earliest = 0;
  /** Ends the wait for more, where there is one. */
  #stopWaiting: (() => void) | undefined;

  constructor(options: FanOutOptions) {
    this.#options = options;
  }

  /** Something came into a channel. */
  mark(feed: Feed): void {
    this.#fresh.add(feed);
  }

  /** What arrived together is complete. */
  settle(): void {
    if (this.#busy || this.#fresh.size === 0) return;
    const wait = this.#earliest - this.#options.clock.now();
    this.#busy = true;
    if (wait <= 0) this.#flush();
    else this.#stopWaiting = this.#options.clock.after(wait, () => this.#flush());
  }

  /** Hands out what waits for more, now. */
  flush(): void {
    if (!this.#stopWaiting) return;
    this.#stopWaiting();
    this.#flush();
  }

  #flush(): void {
    const { clock } = this.#options;
    const began = clock.now();
    this.#stopWaiting = undefined;
    const deliveries = [...this.#fresh].flatMap((feed) => feed.take());
    this.#fresh.clear();
    const total = { deliveries: 0, writes: 0 };
    const rounds = this.#rounds(deliveries, total);
    const goOn = () => {
      if (!rounds.next().done) return void setImmediate(goOn);
      const milliseconds = clock.now() - began;
      this.#earliest = clock.now() + Math.min(milliseconds, this.#options.maxDelayMilliseconds);
      this.#options.onFlush({ ...total, milliseconds });
      this.#busy = false;
      this.settle();
    };
    goOn();
  }

  /** Stops after each slice. Whoever joins, leaves or falls behind in between is told apart by its place. */
  *#rounds(deliveries: readonly Delivery[], total: { deliveries: number; writes: number }): Generator<void> {
    const corked = new Set<Member>();
    for (const { stays, chunks } of deliveries)
      for (const stay of stays) {
        total.deliveries += this.#hand(stay, chunks, corked);
        if (++total.writes % slice > 0) continue;
        uncork(corked);
        yield;
      }
    uncork(corked);
  }

  #hand(stay: Stay, chunks: Delivery['chunks'], corked: Set<Member>): number {
    const { member } = stay;
    let handed = 0;
    // Who is in several channels gets all that is new in one write.
    if (member.channels > 1 && !corked.has(member)) {
      member.cork();
      corked.add(member);
    }
    for (const chunk of chunks) {
      if (stay.next >= chunk.to || stay.state !== 'live') continue; // it has had it, or has left
      if (stay.next < chunk.from || member.backlog > this.#options.sendBudgetBytes) {
        stay.feed.fallBehind(stay);
        this.#options.catchUp.pump(stay);
        break;
      }
      const due = stay.next === chunk.from ? chunk : rest(stay, chunk);
      member.write(due.bytes);
      stay.next = due.to;
      stay.after = due.last;
      handed += due.size;
    }
    return handed;
  }
}

/** Of a chunk, what a client has not had that came back with a part of it. */
function rest({ feed, member, next: from }: Stay, { to }: Chunk): Chunk {
  return feed.ring.chunk(member.format, { from, to });
}

function uncork(corked: Set<Member>): void {
  for (const member of corked) member.uncork();
  corked.clear();
}
