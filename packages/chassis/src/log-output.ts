import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

const mostWaiting = 16 * 1024 ** 2; // characters
const pauseMilliseconds = 100;
const mostPauses = 10;
const nothing = Buffer.alloc(0);

/**
 * Writes lines to a file descriptor, in the background. What cannot be written is dropped, be the reader gone or the
 * disk full: a log never holds its service up. Pino's own destination tries a lost reader for ever when the process
 * ends, and no signal gets through to it.
 */
export class LogOutput implements DestinationStream {
  readonly #fd: number;
  #waiting = '';
  #rest: Buffer = nothing;
  #writing = false;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Takes a line, unless too much is waiting for a reader that does not read. */
  write(line: string): void {
    if (this.#waiting.length + line.length > mostWaiting) return;
    this.#waiting += line;
    if (!this.#writing) this.#writeOn();
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
    this.#writing = bytes.length > 0;
    if (!this.#writing) return;
    write(this.#fd, bytes, (error, written) => {
      if (!error) this.#rest = bytes.subarray(written);
      if (!isFull(error)) return this.#writeOn();
      this.#rest = bytes;
      setTimeout(() => this.#writeOn(), pauseMilliseconds).unref();
    });
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
