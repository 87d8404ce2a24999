import { randomInt, randomUUIDv7 } from 'node:crypto';

const longestStep = 2 ** 32;

/**
 * Makes ids of which each is greater than those before it, also within a millisecond and when the clock goes back
 * (RFC 9562, section 6.2, method 2): users that are made one after the other are listed in that order.
 */
export function idSequence(random: () => string = randomUUIDv7): () => string {
  let last = '';
  return () => {
    const id = random();
    last = id > last ? id : after(last);
    return last;
  };
}

/** A bit greater, at random, so that nobody can count on it. */
function after(id: string): string {
  const number = BigInt(`0x${id.replaceAll('-', '')}`) + BigInt(randomInt(1, longestStep));
  return number
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The ids of this process. */
export const nextId = idSequence();
