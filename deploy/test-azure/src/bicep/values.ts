/** What an expression comes to. What only Azure knows is a string in angle quotes that says where it comes from. */
// biome-ignore lint/suspicious/noExplicitAny: templates hold anything
export type Value = any;

/** A value that is known when it is deployed. */
export function later(what: string): string {
  return `‹${what}›`;
}

/** Whether only Azure knows it. */
export function isLater(value: unknown): value is string {
  return typeof value === 'string' && /^‹[^‹›]*›$/.test(value);
}
