import type { Registry } from 'prom-client';
import type { Static, TObject } from 'typebox';
import { type Authenticate, authenticator } from './auth.ts';
import { commonRules, type commonSettings } from './common-settings.ts';
import type { Environment, SettingRule } from './environment.ts';
import { HttpIntake } from './http-intake.ts';
import { exitCodes, Lifecycle } from './lifecycle.ts';
import { createLog, type Log } from './log.ts';
import { processMetrics } from './metrics.ts';
import type { Part } from './part.ts';
import { PreparedAnswers } from './prepared-answers.ts';
import type { Routes } from './route.ts';
import { createServer } from './server.ts';
import { readSettings, SettingsError } from './settings.ts';

type CommonSettings = Static<TObject<typeof commonSettings>>;

interface Service<S extends TObject> {
  name: string;
  version: string;
  description: string;
  settings: S;
  rules?: readonly SettingRule<Static<S>>[];
  env: Environment;
}

/** What a service's root gets to build its parts from. */
export interface Foundation<S extends TObject> {
  settings: Static<S>;
  log: Log;
  registry: Registry;
  /** For routes that answer everybody alike. */
  prepared: PreparedAnswers;
  /** Verifies tokens that come otherwise than in a header of a request, as the settings say. */
  authenticate: Authenticate;
  /** Adds a part after those that it depends on: it is asked by the readiness probe, and closed in reverse order. */
  part<P extends Part>(name: string, part: P): P;
}

/**
 * Runs a service until it is told to stop (SIGTERM, SIGINT, SIGBREAK), then ends the process: its exit code says how
 * it went (see `exitCodes`); a second SIGTERM ends it at once. `compose` opens the parts in the order of their dependencies and returns the routes.
 */
export async function runService<S extends TObject>(
  service: Service<S>,
  compose: (foundation: Foundation<S>) => Routes | Promise<Routes>,
): Promise<void> {
  const { settings, hints } = readOrExit(service);
  const common = settings as CommonSettings;
  const log = createLog({ name: service.name, level: common.LOG_LEVEL });
  for (const hint of hints) log.warn({ hint }, 'unknown setting');
  const lifecycle = new Lifecycle({
    log,
    delaySeconds: common.SHUTDOWN_DELAY_SECONDS,
    drainSeconds: common.DRAIN_SECONDS,
  });
  endOnSignals(lifecycle, log);
  endOnBugs(lifecycle, log);
  try {
    const registry = processMetrics(service.name, service.version);
    const prepared = new PreparedAnswers();
    const part: Foundation<S>['part'] = (name, each) => lifecycle.part(name, each);
    const authenticate = authenticator(common, { log });
    const routes = await compose({ settings, log, registry, prepared, authenticate, part });
    const readiness = () => lifecycle.readiness();
    // Where callers show tokens, every request has to pass the router, which asks for them.
    const early = common.AUTH === 'none' ? prepared : undefined;
    const server = await createServer({
      ...service,
      log,
      routes,
      authenticate,
      readiness,
      registry,
      prepared: early,
      edge: common,
    });
    const intake = new HttpIntake(server, common.DRAIN_SECONDS);
    await server.listen({ host: common.HOST, port: common.PORT });
    lifecycle.start(intake);
  } catch (err) {
    log.fatal({ err }, explain(err, common));
    process.exit(await lifecycle.fail('could not start'));
  }
}

function readOrExit<S extends TObject>({ name, settings, rules = [], env }: Service<S>) {
  try {
    return readSettings(settings, env, [...(commonRules as readonly SettingRule<Static<S>>[]), ...rules]);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${name} cannot start. ${error.message}\n`);
    return process.exit(exitCodes.settings);
  }
}

/** Who sends SIGTERM twice cannot wait. SIGINT comes more than once by itself: to a whole group, and from its leader. */
function endOnSignals(lifecycle: Lifecycle, log: Log): void {
  let told = false;
  const end = async (signal: string): Promise<void> => {
    if (signal === 'SIGTERM' && told) {
      log.warn('told twice to stop: what is in flight is cut off');
      process.exit(exitCodes.cutOff);
    }
    told ||= signal === 'SIGTERM';
    process.exit(await lifecycle.stop(signal));
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGBREAK'] as const) process.on(signal, () => void end(signal));
}

function endOnBugs(lifecycle: Lifecycle, log: Log): void {
  const end = async (err: unknown): Promise<void> => {
    log.fatal({ err }, 'unexpected error');
    process.exit(await lifecycle.fail('unexpected error'));
  };
  process.on('uncaughtException', (error) => void end(error));
  process.on('unhandledRejection', (reason) => void end(reason));
}

function explain(error: unknown, { HOST, PORT }: CommonSettings): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `port ${PORT} on ${HOST} is taken: stop what listens there or set PORT`;
  if (code === 'EACCES') return `port ${PORT} on ${HOST} may not be opened by this user: set PORT to 1024 or above`;
  return 'could not start';
}
