import type { Answer } from './answer-reader.ts';

/** A request, and which answers to it are right. */
export type Exchange = {
  /** GET where nothing is said. */
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as a JSON body. */
  json?: unknown;
  status?: number;
  /** Says what is wrong with a body; nothing when it is right. Called for every answer: it must be cheap. */
  faultOf: (body: Buffer) => string | undefined;
};

/** An exchange with the bytes to send for it. */
export type PreparedExchange = Exchange & { request: Buffer };

/** Says what to send next. */
export type Source = () => PreparedExchange;

/** Writes the request of an exchange once, for all times that it is sent. */
export function prepareExchange(exchange: Exchange, port: number): PreparedExchange {
  const { method = 'GET', path, headers = {}, json } = exchange;
  const body = json === undefined ? '' : JSON.stringify(json);
  const about = body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const all = Object.entries({ host: `127.0.0.1:${port}`, ...about, ...headers });
  const lines = all.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  return { ...exchange, request: Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n\r\n${body}`) };
}

/** Sends each of the exchanges in its turn. */
export function inTurn(exchanges: readonly Exchange[], port: number): Source {
  const prepared = exchanges.map((exchange) => prepareExchange(exchange, port));
  let sent = 0;
  return () => prepared[sent++ % prepared.length] as PreparedExchange;
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
