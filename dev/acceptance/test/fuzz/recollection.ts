import type { Json } from './document.ts';

const most = 12;

/** What a parameter is called where answers tell of it. */
const otherNames: Record<string, string> = {
  pageToken: 'nextPageToken',
  cursor: 'nextCursor',
  since: 'cursor',
  'last-event-id': 'cursor',
  'if-match': 'etag',
  'if-none-match': 'etag',
};

/** What answers told of resources, so that later requests are about some that there are. */
export class Recollection {
  readonly #records = new Map<string, Record<string, string>>();
  readonly #single = new Map<string, string>();

  /** Takes in all texts of an answer, by their names; those of an object with an id as one. */
  note(body: Json | undefined, etag: string | undefined): void {
    this.#walk(body, etag === undefined ? {} : { etag });
  }

  /** A value for a parameter: of the resource that was picked, or the last one that any answer had under that name. */
  recall(name: string, pick: number): string | undefined {
    const known = otherNames[name] ?? name;
    const records = [...this.#records.values()];
    return records[pick % (records.length || 1)]?.[known] ?? this.#single.get(known);
  }

  #walk(value: Json | undefined, known: Record<string, string>): void {
    if (Array.isArray(value)) for (const item of value) this.#walk(item, {});
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    for (const [name, text] of texts) this.#single.set(name, text);
    if (typeof value['id'] === 'string') this.#keep(value['id'], { ...known, ...Object.fromEntries(texts) });
    for (const child of Object.values(value)) if (typeof child === 'object') this.#walk(child, {});
  }

  #keep(id: string, texts: Record<string, string>): void {
    const before = this.#records.get(id);
    this.#records.delete(id);
    this.#records.set(id, { ...before, ...texts });
    const [oldest] = this.#records.keys();
    if (this.#records.size > most && oldest !== undefined) this.#records.delete(oldest);
  }
}
