import { stripVTControlCharacters, styleText } from 'node:util';

/** Whether output carries colours. */
export type Palette = 'colour' | 'plain';

type LogRecord = Readonly<Record<string, unknown>>;

const levels: Readonly<Record<string, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const alarming = new Set(['warn', 'error', 'fatal']);
// In front of the line already, or below it.
const placed = ['level', 'time', 'msg', 'err', 'service', 'name'];
// What only machines ask for.
const technical = ['pid', 'hostname', 'v', 'traceId', 'spanId', 'requestId'];
const answered = ['method', 'path', 'status', 'milliseconds'];
const longestValue = 300;

/**
 * Makes a service's log line readable: time, level when it is not `info`, sentence, then its fields as `key=value`
 * and an error's stack on lines of its own. A line that is not pino's JSON comes back untouched.
 */
export function renderLogLine(line: string, palette: Palette): string {
  const record = parseRecord(line);
  if (record === undefined) return line;
  const level = levels[String(record['level'])] ?? String(record['level']);
  const isAnswer = answered.slice(0, 3).every((key) => key in record);
  const hidden = new Set([...placed, ...technical, ...(isAnswer ? answered : [])]);
  const fields = Object.entries(record).filter(([key]) => !hidden.has(key));
  const head = [
    clockTime(record['time']),
    ...(level === 'info' ? [] : [paint(level.toUpperCase(), alarming.has(level) ? 'yellow' : 'dim', palette)]),
    printable(isAnswer ? describeAnswer(record) : String(record['msg'])),
    ...fields.map(([key, value]) => paint(`${key}=${renderValue(value)}`, 'dim', palette)),
  ];
  return [head.filter(Boolean).join(' '), ...errorLines(record['err'])].join('\n');
}

/** Colours a text, or not. */
export function paint(text: string, format: Parameters<typeof styleText>[0], palette: Palette): string {
  // Whether to colour was decided once, for the terminal that the stack writes to.
  return palette === 'colour' ? styleText(format, text, { validateStream: false }) : text;
}

function parseRecord(line: string): LogRecord | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const record: unknown = JSON.parse(line);
    const isPino = typeof record === 'object' && record !== null && 'level' in record && 'msg' in record;
    return isPino ? (record as unknown as LogRecord) : undefined;
  } catch {
    return undefined;
  }
}

function describeAnswer({ method, path, status, milliseconds }: LogRecord): string {
  return `${method} ${path} ${status}${milliseconds === undefined ? '' : ` ${milliseconds} ms`}`;
}

function clockTime(time: unknown): string {
  const date = new Date(typeof time === 'number' || typeof time === 'string' ? time : Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toTimeString().slice(0, 8);
}

function renderValue(value: unknown): string {
  const isPlain = typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
  const text = isPlain ? value : printable(JSON.stringify(value));
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function errorLines(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  return String(stack ?? message ?? '')
    .split('\n')
    .filter((line) => line !== '' && !/^\s+at .*(?:\/node_modules\/|\bnode:)/.test(line))
    .map((line) => `    ${printable(line)}`);
}

/** What a caller sent may be in a sentence: it must not be able to move the cursor or write lines of its own. */
function printable(text: string): string {
  return [...stripVTControlCharacters(text)].map((char) => (/\p{Cc}/u.test(char) ? ' ' : char)).join('');
}
