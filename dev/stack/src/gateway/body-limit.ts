import { pipeline, type Readable, Transform } from 'node:stream';
import { Problem } from '@seaworthy/chassis/problem';

/** Passes a body on untouched, and fails it once it is longer than the limit in bytes. */
export function limitBody(body: Readable, maxBytes: number): Readable {
  let bytes = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    },
  });
  // Whoever reads the limited body hears of an error; there is nothing to add here.
  pipeline(body, limited, () => undefined);
  return limited;
}

/** The refusal of a body that is too long, before or after it arrived. */
export function tooLarge(maxBytes: number): Problem {
  return new Problem('too-large', `The development gateway passes on at most ${maxBytes} bytes.`);
}
