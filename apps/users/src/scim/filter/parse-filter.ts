import type { Comparison } from '../../user-filter.ts';
import { quoted, Refusal, type ScimType } from '../refusal.ts';
import type { Comparand, FilterNode, Named, Term } from './filter-node.ts';
import { type Token, tokensOf } from './tokens.ts';

const longest = 4096;
const deepest = 10;
const mostTerms = 50;
const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);

/**
 * Reads a filter (RFC 7644, section 3.4.2.2): `and` binds stronger than `or`, operators are written in any case.
 * @throws Refusal `invalidFilter` that says where
 */
export function parseFilter(source: string): FilterNode {
  const parser = new FilterParser(source, 'invalidFilter');
  const filter = parser.any();
  parser.expectEnd();
  return filter;
}

/** A path of a PATCH (RFC 7644, figure 7): `name.familyName`, `emails[type eq "work"]`, `emails[type eq "work"].value`. */
export interface NamedPath extends Named {
  where?: FilterNode;
  /** What is meant within the items. */
  sub?: string;
}

/** @throws Refusal `invalidPath` that says where */
export function parsePath(source: string): NamedPath {
  const parser = new FilterParser(source, 'invalidPath');
  const path = parser.path();
  parser.expectEnd();
  return path;
}

class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #fault: ScimType;
  #index = 0;
  #depth = 0;
  #terms = 0;

  constructor(source: string, fault: ScimType) {
    if (source.length > longest) throw new Refusal(fault, `It must not be longer than ${longest} characters.`);
    this.#tokens = tokensOf(source, fault);
    this.#fault = fault;
  }

  any(): FilterNode {
    return this.#list(
      'or',
      (any) => ({ any }),
      () =>
        this.#list(
          'and',
          (all) => ({ all }),
          () => this.#single(),
        ),
    );
  }

  path(): NamedPath {
    const named = this.#named();
    if (!this.#takes('[')) return named;
    const where = this.#enclosed(']');
    return this.#takes('.') ? { ...named, where, sub: this.#named().name } : { ...named, where };
  }

  expectEnd(): void {
    if (this.#present.kind !== 'end') throw this.#unexpected('the end');
  }

  #list(word: string, join: (parts: FilterNode[]) => FilterNode, part: () => FilterNode): FilterNode {
    const first = part();
    const parts = [first];
    while (this.#takes(word)) parts.push(part());
    return parts.length === 1 ? first : join(parts);
  }

  #single(): FilterNode {
    if (this.#takes('(')) return this.#enclosed(')');
    if (this.#present.text.toLowerCase() === 'not' && this.#tokens[this.#index + 1]?.text === '(') {
      this.#index += 2;
      return { not: this.#enclosed(')') };
    }
    const named = this.#named();
    if (!this.#takes('[')) return this.#term(named);
    const where = this.#enclosed(']');
    return this.#takes('.') ? { ...named, where, and: this.#term(this.#named()) } : { ...named, where };
  }

  #enclosed(close: ')' | ']'): FilterNode {
    this.#depth += 1;
    if (this.#depth > deepest) throw this.#refusal(`It must not be nested deeper than ${deepest} times.`);
    const inner = this.any();
    this.#depth -= 1;
    if (!this.#takes(close)) throw this.#unexpected(close);
    return inner;
  }

  #term(named: Named): Term {
    this.#terms += 1;
    if (this.#terms > mostTerms) throw this.#refusal(`It must not have more than ${mostTerms} comparisons.`);
    const operator = this.#present.text.toLowerCase();
    if (operator !== 'pr' && !comparisons.has(operator)) throw this.#unexpected('an operator');
    this.#index += 1;
    return operator === 'pr'
      ? { ...named, is: 'present' }
      : { ...named, is: operator as Comparison, value: this.#value() };
  }

  #named(): Named {
    const { kind, text, at } = this.#present;
    if (kind !== 'word') throw this.#unexpected('the name of an attribute');
    this.#index += 1;
    return { name: text, at };
  }

  #value(): Comparand {
    const { kind, text } = this.#present;
    const literal = kind === 'text' || kind === 'number' || /^(?:true|false|null)$/.test(text);
    const value = literal ? parsedJson(text) : undefined;
    if (value === undefined) throw this.#unexpected('a value (a text in quotes, a number, true, false or null)');
    this.#index += 1;
    return value;
  }

  #takes(text: string): boolean {
    const taken = this.#present.kind !== 'text' && this.#present.text.toLowerCase() === text;
    if (taken) this.#index += 1;
    return taken;
  }

  get #present(): Token {
    return this.#tokens[this.#index] as Token; // the last token is the end, which nothing takes
  }

  #unexpected(wanted: string): Refusal {
    const { kind, text } = this.#present;
    return this.#refusal(`${wanted} is expected, not ${kind === 'end' ? 'the end' : quoted(text)}.`);
  }

  #refusal(detail: string): Refusal {
    return new Refusal(this.#fault, `At character ${this.#present.at}: ${detail}`);
  }
}

/** A number beyond what JSON can say of numbers is none. */
function parsedJson(text: string): Comparand | undefined {
  try {
    const value = JSON.parse(text) as Comparand;
    return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
  } catch {
    return undefined;
  }
}
