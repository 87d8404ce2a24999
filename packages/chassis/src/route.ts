import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  ContextConfigDefault,
  FastifyBaseLogger,
  FastifyInstance,
  FastifySchema,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from 'fastify';
import type { Caller } from './auth.ts';

interface Access {
  /** Answers without an access token, whatever AUTH says: pages and probes. */
  open?: true;
  /** Asked again and again by what watches the service: never limited, and logged at `debug`. */
  probe?: true;
  /** The roles of which a caller needs any one. Absent: whoever has an access token may call. */
  roles?: readonly string[];
}

declare module 'fastify' {
  interface FastifyContextConfig extends Access {}
  interface FastifyRequest {
    /** Who calls. On an open route nobody has been asked, and it is `stranger`. */
    caller: Caller;
  }
}

/** The server that routes are registered on. */
export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A service's table of contents: registers its routes. */
export type Routes = (server: Server) => void | Promise<void>;

interface Route<S extends FastifySchema> {
  schema: S;
  config?: ContextConfigDefault & Access;
  handler: RouteHandlerMethod<
    RawServerDefault,
    RawRequestDefaultExpression,
    RawReplyDefaultExpression,
    RouteGenericInterface,
    ContextConfigDefault,
    S,
    TypeBoxTypeProvider
  >;
}

/** Ties a handler's types to its schemas, so that a route can live in a file of its own. */
export function route<const S extends FastifySchema>(definition: Route<S>): Route<S> {
  return definition;
}
