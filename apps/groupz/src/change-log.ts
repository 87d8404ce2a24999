import { randomBytes } from 'node:crypto';
import { Problem } from '@seaworthy/chassis/problem';
import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';

/** A change, and the cursor of those who know it and everything before it. */
export interface LoggedChange {
  readonly cursor: string;
  readonly change: ResourceGroupChange;
}

/** What follows a cursor: all of it, or its beginning. */
interface Continuation {
  changes: readonly LoggedChange[];
  /** Of the last of the changes; the one that was asked about where there are none. */
  cursor: string;
}

interface ChangeLogOptions {
  /** How many changes are kept; older ones are forgotten. */
  capacity?: number;
}

const defaultCapacity = 10_000;
const epochBytes = 8;
const cursorShape = /^([\w-]{11})\.(0|[1-9]\d{0,14})$/;
const remedy = 'Read the list again, then watch from the cursor in its Link header with rel="monitor".';

/**
 * The latest changes, numbered, in memory. Cursors name the process that gave them out: after a restart, or at another
 * replica, whose numbers mean other changes, they are refused and never misread.
 */
export class ChangeLog {
  readonly #epoch = randomBytes(epochBytes).toString('base64url');
  readonly #capacity: number;
  /** The change with number n is at n modulo the capacity. */
  readonly #ring: LoggedChange[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #closing = new AbortController();
  /** The number of the latest change; that of the first one is 1. */
  #latest = 0;

  constructor({ capacity = defaultCapacity }: ChangeLogOptions = {}) {
    this.#capacity = capacity;
  }

  /** Up to the latest change: what follows it is news. */
  get cursor(): string {
    return this.#cursorOf(this.#latest);
  }

  /** Aborted once nothing is appended any more: whoever watches ends. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** How many wait for an append. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Adds changes in the order in which they were seen. */
  append(changes: readonly ResourceGroupChange[]): void {
    for (const change of changes) {
      this.#latest += 1;
      this.#ring[this.#latest % this.#capacity] = { cursor: this.#cursorOf(this.#latest), change };
    }
    if (changes.length > 0) this.#wakeAll();
  }

  /**
   * What follows the cursor, at most so many changes. Throws a Problem of kind `gone` for a cursor that is too old or of
   * another process, and of kind `bad-request` for one that was never given out.
   */
  since(cursor: string, most: number): Continuation {
    const known = this.#numberOf(cursor);
    const last = Math.min(known + most, this.#latest);
    const changes = Array.from({ length: last - known }, (_, index) => {
      return this.#ring[(known + 1 + index) % this.#capacity] as LoggedChange;
    });
    return { changes, cursor: this.#cursorOf(last) };
  }

  /** Resolves with the next append, when the log closes, or as soon as `signal` aborts. */
  appended(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted || this.closed.aborted) return resolve();
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** Ends all waiting, now and later. What was appended can still be read. */
  close(): void {
    this.#closing.abort();
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #cursorOf(number: number): string {
    return `${this.#epoch}.${number}`;
  }

  #numberOf(cursor: string): number {
    const [, epoch, digits] = cursorShape.exec(cursor) ?? [];
    const number = Number(digits);
    if (epoch === undefined) throw notACursor('is no cursor of this service');
    if (epoch !== this.#epoch)
      throw new Problem('gone', `The cursor is from before a restart, or of another replica. ${remedy}`);
    if (number > this.#latest) throw notACursor('is ahead of all changes: it was never given out');
    if (number < this.#latest - this.#capacity)
      throw new Problem('gone', `The cursor is too old: changes after it are kept no longer. ${remedy}`);
    return number;
  }
}

function notACursor(detail: string): Problem {
  const errors = [{ pointer: '?since', code: 'cursor', detail }];
  return new Problem('bad-request', 'The cursor is not valid: see errors.', { errors });
}
