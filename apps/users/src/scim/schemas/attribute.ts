/** An attribute as RFC 7643, section 7 describes it, which is also how `/Schemas` shows it. */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'dateTime' | 'reference' | 'complex';
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite';
  readonly returned: 'always' | 'default';
  readonly uniqueness: 'none' | 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

type Traits = Partial<Omit<Attribute, 'name' | 'description'>>;

/** A single text, unless its traits say otherwise. */
export function attribute(name: string, description: string, traits: Traits = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...traits,
  };
}

/** One value that is made up of others. */
export function complex(name: string, description: string, subAttributes: readonly Attribute[]): Attribute {
  return attribute(name, description, { type: 'complex', subAttributes });
}

interface Items {
  /** What an item is, in one word. */
  value: string;
  valueTraits?: Traits;
  types?: readonly string[];
}

/** A list of values, each with what RFC 7643, section 2.4 has for all of them. */
export function plural(name: string, description: string, { value, valueTraits, types }: Items): Attribute {
  return list(name, description, [
    attribute('value', value, valueTraits),
    attribute('display', 'For reading.'),
    ...kind(types),
  ]);
}

/** A list of values that are made up of others. */
export function list(name: string, description: string, subAttributes: readonly Attribute[]): Attribute {
  return attribute(name, description, { type: 'complex', multiValued: true, subAttributes });
}

/** What each item of a list can say of itself. */
export function kind(types: readonly string[] | undefined): Attribute[] {
  return [
    attribute('type', 'What it is for.', types && { canonicalValues: types }),
    attribute('primary', 'Whether it is the preferred one: true at most once.', { type: 'boolean' }),
  ];
}
