import type { Answer } from './answer-reader.ts';

/** A GET, and which answers to it are right. */
export type Exchange = {
  path: string;
  headers?: Readonly<Record<string, string>>;
  status?: number;
  /** Says what is wrong with a body; nothing when it is right. Called for every answer: it must be cheap. */
  faultOf: (body: Buffer) => string | undefined;
};

/** An exchange with the bytes to send for it. */
export type PreparedExchange = Exchange & { request: Buffer };

/** Writes the request of an exchange once, for all times that it is sent. */
export function prepareExchange(exchange: Exchange, port: number): PreparedExchange {
  const { path, headers = {} } = exchange;
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return { ...exchange, request: Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`) };
}

/** What is wrong with an answer; nothing when it is right. */
export function faultOfAnswer(
  { status, body }: Answer,
  { status: right = 200, faultOf }: Exchange,
): string | undefined {
  return status === right ? faultOf(body) : `answers with status ${status} instead of ${right}`;
}

/** Takes exactly these bytes. */
export function sameBytes(right: string | Buffer): Exchange['faultOf'] {
  const expected = Buffer.from(right);
  return (body) => (expected.equals(body) ? undefined : 'answers with another body');
}
