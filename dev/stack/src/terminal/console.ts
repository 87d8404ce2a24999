import { type Palette, paint, renderLogLine } from './log-line.ts';

/** Where everything that the stack says ends up. */
export interface Console {
  /** A line of a part, with its name in front; pino's JSON becomes readable. */
  line(part: string, line: string): void;
  /** Text of the stack itself, without a name in front. */
  say(text: string): void;
}

interface ConsoleOptions {
  write(text: string): void;
  palette: Palette;
  /** All the names that will come, for a column that does not jump. */
  parts: readonly string[];
}

const colours = ['cyan', 'green', 'magenta', 'blue', 'yellow', 'red'] as const;

/** Makes the one writer that all parts share, so that lines never mix. */
export function createConsole({ write, palette, parts }: ConsoleOptions): Console {
  const width = Math.max(...parts.map((part) => part.length));
  const prefix = (part: string) => {
    const colour = colours[parts.indexOf(part) % colours.length] ?? 'cyan';
    return `${paint(part.padEnd(width), colour, palette)} │ `;
  };
  return {
    line(part, line) {
      for (const text of renderLogLine(line, palette).split('\n')) write(`${prefix(part)}${text}\n`);
    },
    say: (text) => write(`${text}\n`),
  };
}
