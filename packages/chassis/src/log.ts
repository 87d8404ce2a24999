import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

interface LogOptions {
  name: string;
  level: string;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
}

const secretKeys = 'authorization|cookie|set-cookie|password|secret|token|access_token|client_secret|client_assertion';

// A finished line is searched, once: pino's own redaction knows fixed paths only, and parses them again for each request.
const secretShapes: readonly [RegExp, string][] = [
  [new RegExp(`"(${secretKeys})":"(?:[^"\\\\]|\\\\.)*"`, 'gi'), '"$1":"[secret]"'],
  [new RegExp(`\\\\"(${secretKeys})\\\\":\\s*\\\\"[^"\\\\]*`, 'gi'), '\\"$1\\":\\"[secret]'], // JSON within a text
  // Whatever an error message or a URL carries: JWTs, bearer tokens, passwords in URLs, tokens in queries. Each of these
  // looks at a character a bounded number of times, as callers choose paths and header values that get here.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*)*/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  [/:\/\/([^\s:/@"]{0,256}):(?!\d{1,5}\/)[^\s@"]{1,512}@/g, '://$1:[secret]@'],
  [/([?&](?:access_token|token|sig|code|client_secret|password)=)[^&\s"]+/gi, '$1[secret]'],
];

/** Takes what looks like a credential out of a line of text. */
export function withoutSecrets(line: string): string {
  return secretShapes.reduce((text, [shape, replacement]) => text.replace(shape, replacement), line);
}

/** A logger of JSON lines: an object, then a constant sentence. Secrets are taken out by key and by shape. */
export function createLog({ name, level, destination }: LogOptions): Log {
  const options = {
    level,
    base: { service: name },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: withoutSecrets },
  };
  return destination ? pino(options, destination) : pino(options);
}
