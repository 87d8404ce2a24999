/** A body in chunks, RFC 9112 section 7.1, without extensions and trailers: no server of a bench sends them. */
export class ChunkedBody {
  #at = 0;
  #parts: Buffer[] = [];

  /**
   * Goes on in the raw bytes of the whole body so far; returns the decoded body when the last chunk is there.
   * @throws when the bytes are no chunks
   */
  read(raw: Buffer): Buffer | undefined {
    for (;;) {
      const lineEnd = raw.indexOf('\r\n', this.#at);
      if (lineEnd < 0) return undefined;
      const size = raw.toString('latin1', this.#at, lineEnd);
      if (!/^[\da-f]+$/i.test(size)) throw new Error('a chunk without its size');
      const start = lineEnd + 2;
      const end = start + Number.parseInt(size, 16);
      if (raw.length < end + 2) return undefined;
      this.#at = end + 2;
      if (end > start) this.#parts.push(Buffer.from(raw.subarray(start, end)));
      else if (raw.length === this.#at) return Buffer.concat(this.#parts);
      else throw new Error('more bytes than it announced');
    }
  }
}
