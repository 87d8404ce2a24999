const controls = 0x8; // opcodes from here on (RFC 6455, 5.5)

/**
 * Follows where the frames of a client begin and end (RFC 6455, 5.2), whatever is in them: `ws` tells of messages when
 * they are complete, and of nothing before.
 */
export class IncomingFrames {
  #header: number[] = [];
  /** How much of the frame is still to come. */
  #rest = 0;
  #fragmented = false;

  /** Whether a frame, or a message in several, has begun and not ended. */
  get partial(): boolean {
    return this.#fragmented || this.#rest > 0 || this.#header.length > 0;
  }

  /** Reads on, and answers how many frames have begun. */
  take(chunk: Buffer): number {
    let [begun, at] = [0, 0];
    while (at < chunk.length) {
      if (this.#rest > 0) {
        const used = Math.min(this.#rest, chunk.length - at);
        this.#rest -= used;
        at += used;
        continue;
      }
      this.#header.push(chunk[at++] as number);
      if (this.#header.length < sizeOf(this.#header)) continue;
      this.#begin();
      begun++;
    }
    return begun;
  }

  #begin(): void {
    const [first = 0, second = 0] = this.#header;
    if ((first & 0x0f) < controls) this.#fragmented = (first & 0x80) === 0;
    const masked = second & 0x80 ? 4 : 0;
    const extended = this.#header.slice(2, this.#header.length - masked);
    this.#rest = extended.length > 0 ? extended.reduce((sum, byte) => sum * 256 + byte, 0) : second & 0x7f;
    this.#header = [];
  }
}

/** How long a header is that begins so. */
function sizeOf([, second]: readonly number[]): number {
  if (second === undefined) return 2;
  const length = second & 0x7f;
  return 2 + (length === 127 ? 8 : length === 126 ? 2 : 0) + (second & 0x80 ? 4 : 0);
}
