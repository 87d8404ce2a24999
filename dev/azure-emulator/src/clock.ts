/** The time now, in milliseconds since the epoch. */
export type Clock = () => number;

/** The clock's time in whole seconds, the unit of every JWT claim (RFC 7519, NumericDate). */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}
