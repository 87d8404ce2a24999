import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AnswerContent, PreparedAnswer } from './prepared-answer.ts';
import { requestIdOf } from './trace.ts';

/** What a route prepares: an answer, and for how many milliseconds it is true. */
export interface Preparation extends AnswerContent {
  freshForMilliseconds: number;
}

interface Entry {
  readonly answer: PreparedAnswer;
  readonly until: number;
  readonly tally: Tally;
}

/** How many answers went out before the router, by status. */
export type Tally = Record<200 | 304, number>;

const mostAnswers = 1000;
const mostBytes = 32 * 1024 ** 2; // of plain bodies; their codings come on top

/**
 * Answers by URL, for as long as they are true. The first caller's request goes through the router and prepares the
 * answer; the others' are answered before anything else looks at them: a router with hooks takes twice the CPU of all
 * that Node does for a request. So it is only for routes that answer everybody alike, and with data: each header costs
 * a hundredth of the answer, and those that protect documents stay behind.
 */
export class PreparedAnswers {
  /** By the path of the route as it was registered. */
  readonly tallies = new Map<string, Tally>();
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;
  #open = true;

  /** Forgets all answers: what they were made of has changed. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  /** Answers nothing by itself from now on: connections that drain get their answers, and their end, from the router. */
  close(): void {
    this.#open = false;
    this.clear();
  }

  /** Answers a routed request with what is prepared for its URL, or prepares it. What `prepare` throws is not kept. */
  reply(request: FastifyRequest, reply: FastifyReply, prepare: () => Preparation): FastifyReply {
    const answer = this.#find(request.url)?.answer ?? this.#prepare(request, prepare());
    const { status, headers, body } = answer.choose(request.headers);
    for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] as string, headers[at + 1]);
    return reply.code(status).send(body);
  }

  /** Answers a request that has not been routed, if its answer is prepared; whether it did. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const entry = isPlainRead(request) ? this.#find(request.url ?? '') : undefined;
    if (entry === undefined) return false;
    const { status, headers, body, binaryText } = entry.answer.choose(request.headers);
    // Nothing is logged that an id could be looked up in: only a caller that brought one gets it back.
    const asked = request.headers['x-request-id'] !== undefined;
    response.writeHead(status, asked ? [...headers, 'x-request-id', requestIdOf(request)] : headers);
    if (request.method === 'HEAD') response.end();
    else if (binaryText === undefined) response.end(body);
    else response.end(binaryText, 'latin1');
    entry.tally[status] += 1;
    return true;
  }

  #find(url: string): Entry | undefined {
    const entry = this.#entries.get(url);
    return entry && entry.until > performance.now() ? entry : undefined;
  }

  #prepare(request: FastifyRequest, preparation: Preparation): PreparedAnswer {
    const { freshForMilliseconds, ...content } = preparation;
    const outdated = this.#entries.get(request.url)?.answer;
    const answer = new PreparedAnswer(content, outdated);
    if (!this.#open) return answer;
    if (this.#entries.size >= mostAnswers || this.#bytes >= mostBytes) this.clear();
    else if (outdated) this.#bytes -= outdated.size;
    this.#bytes += answer.size;
    const until = performance.now() + freshForMilliseconds;
    this.#entries.set(request.url, { answer, until, tally: this.#tallyOf(request.routeOptions.url ?? '') });
    return answer;
  }

  #tallyOf(route: string): Tally {
    const tally = this.tallies.get(route) ?? { 200: 0, 304: 0 };
    this.tallies.set(route, tally);
    return tally;
  }
}

function isPlainRead({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
}
