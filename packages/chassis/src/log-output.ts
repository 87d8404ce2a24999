import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

const mostWaiting = 16 * 1024 ** 2; // characters
const gatherMilliseconds = 10;
const mostGathered = 16 * 1024; // characters
const pauseMilliseconds = 100;
const mostPauses = 10;
const nothing = Buffer.alloc(0);

/**
 * Writes lines to a file descriptor, in the background. What cannot be written is dropped, be the reader gone or the
 * disk full: a log never holds its service up. Pino's own destination tries a lost reader for ever when the process
 * ends, and no signal gets through to it.
 *
 * A line after a silence is written at once. Those of the next 10 ms, up to 16 kB, follow together, as a write costs
 * as much as answering a small request: that much can be lost to a SIGKILL, but nothing to an end that runs `exit`
 * handlers, as a bug that nobody catches does.
 */
export class LogOutput implements DestinationStream {
  readonly #fd: number;
  #waiting = '';
  #rest: Buffer = nothing;
  /** What is under way: nothing, a write, or a time in which lines gather for the next. */
  #phase: 'idle' | 'writing' | 'gathering' = 'idle';
  readonly #gathering = setTimeout(() => this.#phase === 'gathering' && this.#writeOn(), gatherMilliseconds).unref();

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Takes a line, unless too much is waiting for a reader that does not read. */
  write(line: string): void {
    if (this.#waiting.length + line.length > mostWaiting) return;
    this.#waiting += line;
    if (this.#phase === 'idle' || (this.#phase === 'gathering' && this.#isMuch())) this.#writeOn();
  }

  /** Writes what is waiting before it returns; a reader that takes nothing gets a second. Pino asks for it too. */
  flushSync(): void {
    let pauses = 0;
    for (let bytes = this.#take(); bytes.length > 0; bytes = this.#take()) {
      try {
        this.#rest = bytes.subarray(writeSync(this.#fd, bytes));
      } catch (error) {
        if (!isFull(error)) continue;
        if (pauses === mostPauses) return;
        pauses += 1;
        this.#rest = bytes;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
      }
    }
  }

  #writeOn(): void {
    const bytes = this.#take();
    this.#phase = bytes.length > 0 ? 'writing' : 'idle';
    if (this.#phase === 'idle') return;
    write(this.#fd, bytes, (error, written) => {
      if (!error) this.#rest = bytes.subarray(written);
      if (!isFull(error)) return this.#goOn();
      this.#rest = bytes;
      setTimeout(() => this.#writeOn(), pauseMilliseconds).unref();
    });
  }

  #goOn(): void {
    if (this.#rest.length > 0 || this.#isMuch()) this.#writeOn();
    else {
      this.#phase = 'gathering';
      this.#gathering.refresh();
    }
  }

  #isMuch(): boolean {
    return this.#waiting.length >= mostGathered;
  }

  /** What is to be written next: the end of what was begun, or else the lines since. */
  #take(): Buffer {
    const rest = this.#rest;
    this.#rest = nothing;
    if (rest.length > 0) return rest;
    const lines = Buffer.from(this.#waiting);
    this.#waiting = '';
    return lines;
  }
}

/** A pipe that takes nothing now, as its reader is slow. */
function isFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'EAGAIN';
}
