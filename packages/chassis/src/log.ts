import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { describeError } from './error-description.ts';
import { LogOutput } from './log-output.ts';

export type Log = Logger;

interface LogOptions {
  name: string;
  level: string;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
}

const secretKeys = 'authorization|cookie|set-cookie|password|secret|token|access_token|client_secret|client_assertion';
const text = String.raw`"(?:[^"\\]|\\.)*"`;
// The same inside of a text: quotes and backslashes have a backslash more.
const innerText = String.raw`\\"(?:[^"\\]|\\\\(?:\\.|[^\\]))*\\"`;

// A finished line is searched, once: pino's own redaction knows fixed paths only, and parses them again for each
// request. Each of these looks at a character a bounded number of times, as callers choose paths and header values
// that get here; and none of them takes a quote or a backslash away that the line needs to stay JSON.
const secretShapes: readonly [RegExp, string][] = [
  [new RegExp(`"(${secretKeys})":(?:${text}|\\[(?:${text},?)*\\])`, 'gi'), '"$1":"[secret]"'],
  [new RegExp(`\\\\"(${secretKeys})\\\\":\\s*${innerText}`, 'gi'), String.raw`\"$1\":\"[secret]\"`],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*)*/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  [/:\/\/([^\s:/@"\\]{0,256}):(?!\d{1,5}\/)[^\s"\\]{1,512}@/g, '://$1:[secret]@'],
  [/([?&](?:access_token|token|sig|code|client_secret|password)=)[^&\s"\\]+/gi, '$1[secret]'],
];

// Node makes a pipe non-blocking when it is asked for `process.stdout`: a reader that stalls then stops no thread.
const standardOutput = new LogOutput(process.stdout.fd ?? 1);
process.on('exit', () => standardOutput.flushSync());

/** A logger of JSON lines: an object, then a constant sentence. Secrets are taken out by key and by shape. */
export function createLog({ name, level, destination = standardOutput }: LogOptions): Log {
  const options = {
    level,
    base: { service: name },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { streamWrite: withoutSecrets },
  };
  return pino(options, destination);
}

function withoutSecrets(line: string): string {
  return secretShapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), line);
}
