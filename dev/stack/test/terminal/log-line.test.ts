import { describe, expect, it } from 'vitest';
import { renderLogLine } from '../../src/terminal/log-line.ts';

const time = new Date(2026, 10, 23, 9, 5, 7).toISOString();

function render(record: object): string {
  return renderLogLine(JSON.stringify({ level: 'info', time, service: 'users', ...record }), 'plain');
}

describe('a JSON line', () => {
  it('becomes time, sentence and fields', () => {
    expect(render({ msg: 'tables are up to date', applied: ['a'], directory: '.data', many: 'two words' })).toBe(
      '09:05:07 tables are up to date applied=["a"] directory=.data many="two words"',
    );
  });

  it('about a request becomes short', () => {
    const record = { msg: 'request answered', method: 'GET', path: '/users', status: 200, milliseconds: 1.5 };
    expect(render({ ...record, traceId: 'x', spanId: 'y', requestId: 'z' })).toBe('09:05:07 GET /users 200 1.5 ms');
  });

  it.each([
    ['warn', 'WARN'],
    [40, 'WARN'],
    [50, 'ERROR'],
    [10, 'TRACE'],
    ['odd', 'ODD'],
  ])('of level %s says %s', (level, said) => {
    expect(render({ level, msg: 'peer too slow' })).toBe(`09:05:07 ${said} peer too slow`);
  });

  it('with an error shows its own frames below', () => {
    const stack =
      'Error: gone\n    at open (file:///app/src/a.ts:1:2)\n    at run (file:///app/node_modules/x/y.js:1:2)';
    expect(
      render({ level: 'error', msg: 'failed', err: { message: 'gone', stack: `${stack}\n    at node:net:1:2` } }),
    ).toBe('09:05:07 ERROR failed\n    Error: gone\n        at open (file:///app/src/a.ts:1:2)');
  });

  it('cannot move the cursor or pretend to be another line', () => {
    const text = 'a\u001b[2Jb\nusers │ c\u009bd';
    const line = render({ msg: text, path: text });
    expect(line).not.toMatch(/[\p{Cc}]/u);
  });

  it('keeps a long value short', () => {
    expect(render({ msg: 'x', value: 'y'.repeat(1000) }).length).toBeLessThan(350);
  });

  it('has colours when it is asked for', () => {
    const line = renderLogLine('{"level":"warn","msg":"x"}', 'colour');
    expect(line).toBe('\u001b[33mWARN\u001b[39m x');
  });
});

describe('any other line', () => {
  it.each(['plain text', '{ not JSON', '{"a":1}', 'null', '[]', '', '  {"level":30,"msg":"indented"}'])(
    'stays untouched: %j',
    (line) => {
      expect(renderLogLine(line, 'plain')).toBe(line);
    },
  );
});
