import { type Static, Type } from 'typebox';
import type { ResourceGroup } from '../seed.ts';

const text = Type.String({ minLength: 1, maxLength: 256 });
const oneOf = Type.Union([text, Type.Array(text, { minItems: 1 })]);

/** How many groups to make, and of what kind. Where there are several values, the groups take them in turn. */
export const Generation = Type.Object(
  {
    count: Type.Integer({ minimum: 1, maximum: 100_000 }),
    /** What their names begin with; a number follows. */
    prefix: Type.Optional(Type.String({ pattern: '^[-\\w.()%\\p{L}\\p{N}]{1,80}$' })),
    location: Type.Optional(oneOf),
    tags: Type.Optional(Type.Record(Type.String({ pattern: '^.{1,512}$' }), oneOf, { maxProperties: 50 })),
  },
  { additionalProperties: false },
);
export type Generation = Static<typeof Generation>;

/** Groups named `prefix-00001` and so on, which is also their order. */
export function generateGroups({ count, prefix = 'rg', location = 'westeurope', tags }: Generation): ResourceGroup[] {
  const digits = Math.max(5, String(count).length);
  return Array.from({ length: count }, (_, index) => {
    const turn = (value: string | string[]): string => [value].flat()[index % [value].flat().length] ?? '';
    const own = Object.entries(tags ?? {}).map(([name, value]) => [name, turn(value)] as const);
    return {
      name: `${prefix}-${String(index + 1).padStart(digits, '0')}`,
      location: turn(location),
      ...(tags === undefined ? {} : { tags: Object.fromEntries(own) }),
    };
  });
}
