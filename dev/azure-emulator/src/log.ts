import fastify, { type FastifyBaseLogger } from 'fastify';

/** JSON lines on stdout. Fastify brings its logger along; taking it from there saves a dependency. */
export function createLogger(level: string): FastifyBaseLogger {
  return fastify({ logger: { level } }).log;
}
