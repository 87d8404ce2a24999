import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';

const BODY_LIMIT = 64 * 1024;

interface HttpAppSettings {
  /** The Host headers that are answered; any other is refused, since documents and links are built from the Host. */
  readonly hosts: readonly string[];
  readonly logger: FastifyBaseLogger | undefined;
}

/** A Fastify instance with the rules of both listeners: known hosts, small bodies, one log line a request, plain errors. */
export function createHttpApp({ hosts, logger }: HttpAppSettings): FastifyInstance {
  const app: FastifyInstance = fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    // Azure's paths ignore case: the SDKs write `resourcegroups`, the documents `resourceGroups`.
    routerOptions: { caseSensitive: false, maxParamLength: 1000 },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (hosts.includes(request.host.toLowerCase())) return;
    return reply.code(421).send({ error: { code: 'MisdirectedRequest', message: 'No service has this host name.' } });
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    app.log.info({ method, path: requestPath(request), status: reply.statusCode, milliseconds }, 'request');
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { status, message } = publicError(error, request);
    return reply.code(status).send({ error: { code: status < 500 ? 'BadRequest' : 'InternalServerError', message } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: { code: 'NotFound', message: `No ${request.method} ${requestPath(request)} here.` } }),
  );
  return app;
}

/** What the caller may learn of an error: the status and words of its own mistake, nothing of ours. */
export function publicError(error: FastifyError, request: FastifyRequest): { status: number; message: string } {
  const status = error.statusCode ?? 500;
  if (status < 500) return { status, message: error.message };
  request.log.error({ err: error }, 'request failed');
  return { status: 500, message: 'The emulator failed; its log says why.' };
}

/** The path of the request without its query, which may hold what no log should. */
export function requestPath(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

/** The first value of a query parameter. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Scheme, host and port the caller used, so that links lead back the same way. The host is a known one by then. */
export function requestOrigin(request: FastifyRequest, listenerUrl: string): string {
  return `${new URL(listenerUrl).protocol}//${request.host}`;
}
