import type { Comparison } from '../../user-filter.ts';

/** The name of an attribute as a client wrote it, and where. */
export interface Named {
  readonly name: string;
  readonly at: number;
}

export type Comparand = string | number | boolean | null;

/** What a client says of one attribute. */
export type Term = (Named & { is: 'present' }) | (Named & { is: Comparison; value: Comparand });

/** A filter as it was written: nobody has looked yet whether there are such attributes. */
export type FilterNode =
  | { all: readonly FilterNode[] }
  | { any: readonly FilterNode[] }
  | { not: FilterNode }
  | Term
  /** `emails[where]`, and with `and` also `emails[where].value eq "x"`. */
  | (Named & { where: FilterNode; and?: Term });
