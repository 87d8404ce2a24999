import { expect, it } from 'vitest';
import { createConsole } from '../../src/terminal/console.ts';
import { renderTable } from '../../src/terminal/table.ts';

it('every line has the name of its part in front, in one column', () => {
  const written: string[] = [];
  const console = createConsole({
    write: (text) => written.push(text),
    palette: 'plain',
    parts: ['users', 'realtime'],
  });
  console.line('users', 'plain');
  console.line('realtime', '{"level":"error","msg":"failed","err":{"stack":"Error: gone"}}');
  console.say('text');
  expect(written).toEqual([
    'users    │ plain\n',
    'realtime │ ERROR failed\n',
    'realtime │     Error: gone\n',
    'text\n',
  ]);
});

it('a table has columns as wide as their longest cell', () => {
  const table = renderTable([
    ['what', 'where'],
    ['users', 'x'],
  ]);
  expect(table).toBe('what    where\n─────   ─────\nusers   x');
});
