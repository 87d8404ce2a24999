/** Numbers what is issued, and remembers up to which number it was taken back. */
export interface Revocations {
  /** The number of what is issued now. */
  next(): number;
  /** Takes back all that was issued so far to the holder; to everybody, if none is named. */
  revoke(holder?: string): void;
  covers(holder: string, number: number): boolean;
}

/** Makes the numbers of one issuer. They begin at 1. */
export function createRevocations(): Revocations {
  let issued = 0;
  let everybody = 0;
  const holders = new Map<string, number>();
  return {
    next() {
      issued += 1;
      return issued;
    },
    revoke(holder) {
      if (holder === undefined) everybody = issued;
      else holders.set(holder, issued);
    },
    covers: (holder, number) => number <= Math.max(everybody, holders.get(holder) ?? 0),
  };
}
