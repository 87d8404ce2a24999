import { Catalog } from './catalog.ts';
import type { Clock } from './clock.ts';
import type { Snapshot } from './holdings.ts';

/** A catalog, and the snapshots that it is made of, by subscription id. */
export interface Edition {
  readonly catalog: Catalog;
  readonly parts: ReadonlyMap<string, Snapshot>;
}

const keepMilliseconds = 15 * 60_000;
const mostKept = 16;

/** What may be served now, and what somebody still turns the pages of. */
export class Editions {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { edition: Edition; until: number }>();
  #current: Edition = { catalog: new Catalog([]), parts: new Map() };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The edition of these snapshots. Its catalog is made anew only where groups have changed. */
  of(parts: ReadonlyMap<string, Snapshot>): Edition {
    this.#forgetOld();
    const same = sameGroups(this.#current.parts, parts);
    this.#current = { catalog: same ? this.#current.catalog : catalogOf(parts), parts };
    return this.#current;
  }

  /** Keeps an edition for a quarter of an hour from now, unless many others are kept. */
  keep(edition: Edition): void {
    this.#kept.delete(edition.catalog.id);
    this.#kept.set(edition.catalog.id, { edition, until: this.#clock.now() + keepMilliseconds });
    this.#forgetOld();
  }

  /** The edition with that catalog, if it is kept. */
  find(catalogId: string): Edition | undefined {
    this.#forgetOld();
    return this.#kept.get(catalogId)?.edition;
  }

  /** The first ones are the oldest. */
  #forgetOld(): void {
    for (const [oldest, { until }] of this.#kept) {
      if (until > this.#clock.now() && this.#kept.size <= mostKept) return;
      this.#kept.delete(oldest);
    }
  }
}

function catalogOf(parts: ReadonlyMap<string, Snapshot>): Catalog {
  return new Catalog([...parts.values()].flatMap(({ groups }) => groups));
}

/** A snapshot that was read again without a difference has the very same array of groups. */
function sameGroups(before: ReadonlyMap<string, Snapshot>, now: ReadonlyMap<string, Snapshot>): boolean {
  return before.size === now.size && [...now].every(([id, { groups }]) => before.get(id)?.groups === groups);
}
