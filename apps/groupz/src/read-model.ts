import { Problem } from '@seaworthy/chassis/problem';
import type {
  Freshness,
  ResourceGroup,
  SourceName,
  SubscriptionError,
  SubscriptionList,
  SubscriptionState,
} from '@seaworthy/contracts/groupz';
import type { Entry } from './catalog.ts';
import type { Clock } from './clock.ts';
import { type Edition, Editions } from './editions.ts';
import { fold, type GroupQuery, queryKey } from './group-query.ts';
import type { Holding, Holdings, Snapshot } from './holdings.ts';
import type { PageTokenFault, PageTokens } from './page-tokens.ts';
import {
  errorOf,
  freshnessOf,
  isStale,
  type Judgement,
  secondsToNextReading,
  servable,
  unknownSubscription,
} from './standing.ts';

export interface ReadModelOptions {
  holdings: Holdings;
  tokens: PageTokens;
  source: SourceName;
  clock: Clock;
  overdueSeconds: number;
  staleLimitSeconds: number;
}

/** How old an answer is, and what is missing from it. */
export interface Standing {
  freshness: Freshness;
  errors: readonly SubscriptionError[];
  /** For so long `freshness` is true as it is. */
  trueForMilliseconds: number;
}

/** A page of groups; `next` is the token of the one after it. */
export interface GroupPage extends Standing {
  entries: readonly Entry[];
  next?: string;
}

interface PageWish {
  query: GroupQuery;
  pageSize: number;
  pageToken?: string | undefined;
}

/** Answers questions about what is held, from memory; each throws a `Problem` where nothing can be answered. */
export class ReadModel {
  readonly #options: ReadModelOptions;
  readonly #editions: Editions;
  #complete = false;

  constructor(options: ReadModelOptions) {
    this.#options = options;
    this.#editions = new Editions(options.clock);
  }

  /**
   * The names of all groups, in order; a name that two subscriptions use is there twice.
   * `unavailable` until every subscription has been read once, be it in vain: never half an answer only because the
   * service is young. One that is discovered later is missing from the answer until it is read, and takes nothing away.
   */
  names(): Standing & { names: readonly string[] } {
    const unread = this.#options.holdings.all().filter(({ snapshot, failure }) => !snapshot && !failure);
    if (unread.length > 0 && !this.#complete) throw this.#unavailable(unread);
    const { edition, ...standing } = this.#look(undefined);
    this.#complete = true;
    return { ...standing, names: edition.catalog.entries.map(({ group }) => group.name) };
  }

  /** A page of the groups that meet the query. A token that cannot be followed is `bad-request` or `gone`. */
  page({ query, pageSize, pageToken }: PageWish): GroupPage {
    const key = queryKey(query);
    const place = pageToken === undefined ? undefined : this.#follow(pageToken, key);
    const { edition, ...standing } = this.#look(query.subscriptions, place?.edition);
    const { offset = 0 } = place ?? {};
    const found = edition.catalog.find(query);
    const end = offset + pageSize;
    const page = { ...standing, entries: found.slice(offset, end) };
    if (end >= found.length) return page;
    this.#editions.keep(edition);
    const next = this.#options.tokens.write({ catalogId: edition.catalog.id, query: key, offset: end });
    return { ...page, next };
  }

  /** One group; both in any case. */
  group(subscriptionId: string, name: string): Standing & { group: ResourceGroup } {
    const { edition, ...standing } = this.#look([fold(subscriptionId)]);
    const entry = edition.catalog.get(subscriptionId, name);
    if (entry === undefined) throw new Problem('not-found', 'The subscription has no resource group of that name.');
    return { ...standing, group: entry.group };
  }

  /** What is known of each subscription, by id; `freshness` is null until a first reading of any of them. */
  subscriptions(): SubscriptionList & { trueForMilliseconds: number } {
    const judgement = this.#judgement();
    const holdings = this.#options.holdings.all();
    if (holdings.length === 0) throw this.#unavailable([]);
    const value = holdings.map((holding) => stateOf(holding, judgement));
    const parts = holdings.flatMap(({ snapshot }) => snapshot ?? []);
    const stale = holdings.some((holding) => isStale(holding, judgement));
    return {
      value,
      freshness: parts.length > 0 ? freshnessOf(parts, stale, judgement) : null,
      errors: value.flatMap(({ error }) => error ?? []),
      trueForMilliseconds: Math.min(...parts.map((part) => untilOlder([part], judgement.now)), 1000),
    };
  }

  #look(wanted: readonly string[] | undefined, kept?: Edition): Standing & { edition: Edition } {
    const judgement = this.#judgement();
    const current = this.#current(judgement);
    const edition = kept ?? current;
    const { holdings } = this.#options;
    const chosen = wanted ? wanted.flatMap((id) => holdings.get(id) ?? []) : holdings.all();
    const unknown = (wanted ?? []).filter((id) => holdings.get(id) === undefined);
    const parts = chosen.flatMap(({ subscription }) => edition.parts.get(subscription.subscriptionId) ?? []);
    if (parts.length === 0) throw chosen.length > 0 || !wanted ? this.#unavailable(chosen) : notOurs(unknown);
    const stale = edition.catalog !== current.catalog || chosen.some((holding) => isStale(holding, judgement));
    const freshness = freshnessOf(parts, stale, judgement);
    const errors = [
      ...chosen.flatMap((holding) => errorOf(holding, judgement) ?? []),
      ...unknown.map(unknownSubscription),
    ];
    return { edition, freshness, errors, trueForMilliseconds: untilOlder(parts, judgement.now) };
  }

  #follow(token: string, query: string): { edition: Edition; offset: number } {
    const place = this.#options.tokens.read(token, query);
    if (typeof place === 'string') throw tokenProblems[place]();
    const judgement = this.#judgement();
    const current = this.#current(judgement);
    const edition = current.catalog.id === place.catalogId ? current : this.#editions.find(place.catalogId);
    const tooOld = edition && [...edition.parts.values()].some((snapshot) => !servable({ snapshot }, judgement));
    if (edition === undefined || tooOld) throw tokenProblems['other-key']();
    return { edition, offset: place.offset };
  }

  #current(judgement: Judgement): Edition {
    const parts = new Map<string, Snapshot>();
    for (const holding of this.#options.holdings.all()) {
      const snapshot = servable(holding, judgement);
      if (snapshot) parts.set(holding.subscription.subscriptionId, snapshot);
    }
    return this.#editions.of(parts);
  }

  #judgement(): Judgement {
    const { source, clock, overdueSeconds, staleLimitSeconds } = this.#options;
    return { source, now: clock.now(), overdueSeconds, staleLimitSeconds };
  }

  #unavailable(missing: readonly Holding[]): Problem {
    const now = this.#options.clock.now();
    const ids = missing.map(({ subscription }) => subscription.subscriptionId);
    const none = this.#options.holdings.known
      ? 'There is no subscription that may be read.'
      : 'It is not known yet which subscriptions there are.';
    const some = `There is nothing fresh enough to answer of these subscriptions: ${listOf(ids)}.`;
    const detail = ids.length === 0 ? none : some;
    const seconds = missing.map((holding) => secondsToNextReading(holding, now));
    return new Problem('unavailable', detail, { retryAfterSeconds: Math.min(...seconds, 60) });
  }
}

function stateOf(holding: Holding, judgement: Judgement): SubscriptionState {
  const { subscription, snapshot } = holding;
  return {
    ...subscription,
    resourceGroups: snapshot?.groups.length ?? null,
    freshness: snapshot ? freshnessOf([snapshot], isStale(holding, judgement), judgement) : null,
    error: errorOf(holding, judgement) ?? null,
  };
}

const tokenProblems: Readonly<Record<PageTokenFault, () => Problem>> = {
  malformed: () => tokenProblem('malformed', 'is not a page token of this service'),
  'other-query': () => tokenProblem('other-query', 'belongs to another query: repeat the query of its page'),
  'other-key': () =>
    new Problem('gone', 'The snapshot of this page token is kept no longer: begin again without pageToken.'),
};

function tokenProblem(code: string, detail: string): Problem {
  return new Problem('bad-request', 'The page token cannot be used here: see errors.', {
    errors: [{ pointer: '?pageToken', code, detail }],
  });
}

function notOurs(ids: readonly string[]): Problem {
  return new Problem('not-found', `These subscriptions are not known here: ${listOf(ids)}.`);
}

function listOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 10).join(', ');
  return ids.length > 10 ? `${shown} and ${ids.length - 10} more` : shown;
}

function untilOlder(parts: readonly Snapshot[], now: number): number {
  const age = now - Math.min(...parts.map(({ asOf }) => asOf));
  return 1000 - (age % 1000);
}
