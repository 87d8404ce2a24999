/** A whole number as Redis reads it: no plus sign, no leading zeros, no spaces. `undefined` for anything else. */
export function readInteger(bytes: Buffer): number | undefined {
  const text = bytes.toString('latin1');
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) return undefined;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? Number(value) : undefined;
}
