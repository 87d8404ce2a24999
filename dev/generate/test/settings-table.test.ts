import { secretSetting } from '@seaworthy/chassis/secret';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { settingsTable, withSettingsTable } from '../src/settings-table.ts';

test('a row tells the default, the need, the choice and the file of a setting', () => {
  const table = settingsTable(
    Type.Object({
      PORT: Type.Integer({ default: 8080, description: 'Where to listen.' }),
      LEVEL: Type.Enum(['low', 'high'], { description: 'How | loud.' }),
      KEY: Type.Optional(secretSetting({ description: 'Opens it.', examples: ['k'] })),
    }),
  );
  expect(table.split('\n').slice(2)).toEqual([
    '| `PORT` | `8080` | Where to listen. |',
    '| `LEVEL` | **required** | How \\| loud. One of `low`, `high`. |',
    '| `KEY` |  | Opens it. A secret: can be a mounted file, named by `KEY_FILE`. |',
  ]);
});

test('the table replaces what stands between the markers, and nothing else', () => {
  const readme = 'before\n<!-- settings:begin -->\nold\n<!-- settings:end -->\nafter\n';
  expect(withSettingsTable(readme, 'new')).toBe(
    'before\n<!-- settings:begin -->\n\nnew\n\n<!-- settings:end -->\nafter\n',
  );
});

test('a README without markers is refused', () => {
  expect(() => withSettingsTable('nothing here', 'new')).toThrow('the README has no <!-- settings:begin -->');
});
