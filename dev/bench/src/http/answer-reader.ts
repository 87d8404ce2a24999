import { ChunkedBody } from './chunked-body.ts';

/** An answer as it came. Status and head are read from bytes that the next answer overwrites: use them at once. */
export type Answer = { status: number; head: string; body: Buffer };

const endOfHead = Buffer.from('\r\n\r\n');

/**
 * Reads the answers of one connection, one after the other: RFC 9112, as far as servers answer GET.
 * It keeps one buffer for all of them, so that the client stays cheaper than the servers that it measures.
 */
export class AnswerReader {
  #bytes = Buffer.alloc(16 * 1024);
  #length = 0;
  #bodyAt = 0;
  #head = '';
  #expected: number | ChunkedBody = 0;

  /**
   * Takes what arrived; returns the answer when it is complete.
   * @throws when it is none, or when there is more than was asked for
   */
  push(chunk: Uint8Array): Answer | undefined {
    this.#append(chunk);
    if (this.#bodyAt === 0 && !this.#readHead()) return undefined;
    const body = this.#body();
    if (body === undefined) return undefined;
    const answer = { status: Number(this.#head.slice(9, 12)), head: this.#head, body };
    this.#length = 0;
    this.#bodyAt = 0;
    return answer;
  }

  #append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.alloc(2 * length);
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
  }

  #readHead(): boolean {
    const end = this.#bytes.subarray(0, this.#length).indexOf(endOfHead);
    if (end < 0) return false;
    this.#head = this.#bytes.toString('latin1', 0, end);
    if (!/^HTTP\/1\.1 \d{3}/.test(this.#head)) throw new Error('bytes that are no HTTP answer');
    this.#bodyAt = end + endOfHead.length;
    this.#expected = bodyOf(this.#head);
    return true;
  }

  #body(): Buffer | undefined {
    const received = this.#bytes.subarray(this.#bodyAt, this.#length);
    if (typeof this.#expected !== 'number') return this.#expected.read(received);
    if (received.length > this.#expected) throw new Error('more bytes than it announced');
    return received.length === this.#expected ? received : undefined;
  }
}

function bodyOf(head: string): number | ChunkedBody {
  if (/^HTTP\/1\.1 (?:204|304)/.test(head)) return 0;
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (length !== undefined) return Number(length);
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return new ChunkedBody();
  throw new Error('a body without an announced end');
}
