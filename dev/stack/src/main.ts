import { join, resolve } from 'node:path';
import { readSeed } from '@seaworthy/azure-emulator/seed';
import { exitCodes } from '@seaworthy/chassis/lifecycle';
import { readManifests } from './gateway/manifests.ts';
import { orderRoutes } from './gateway/route-table.ts';
import { gatewayPart } from './gateway-part.ts';
import { type NodeProgram, nodeProgram } from './node-program.ts';
import { checkBeforeStart } from './preflight.ts';
import { StartFailure } from './processes/supervisor.ts';
import { startWatchdog } from './processes/watchdog-link.ts';
import { createProgramParts } from './program-part.ts';
import { chooseRedis } from './redis-part.ts';
import { callersEnvironment, callsAzure, takesEmulatedTokens } from './services/callers.ts';
import { emulatorEnvironment } from './services/emulator.ts';
import { groupzEnvironment } from './services/groupz.ts';
import { realtimeEnvironment } from './services/realtime.ts';
import { usersEnvironment } from './services/users.ts';
import { createStack, StopRequested } from './stack.ts';
import { listenForStop } from './stop-requests.ts';
import { createConsole } from './terminal/console.ts';
import { renderOverview } from './terminal/overview.ts';

const root = resolve(import.meta.dirname, '../../..');
const { argv, env, stdout } = process;

const preflight = await checkBeforeStart({ args: argv.slice(2), env, nodeVersion: process.versions.node });
if ('exitCode' in preflight) {
  (preflight.exitCode === exitCodes.clean ? stdout : process.stderr).write(`${preflight.text}\n`);
  process.exit(preflight.exitCode);
}
const { settings, remarks } = preflight;

// A terminal that is gone is no reason to leave services behind.
for (const stream of [stdout, process.stderr]) stream.on('error', () => undefined);
const parts = ['redis', 'azure', 'groupz', 'realtime', 'users', 'gateway', 'stack'];
const palette = stdout.isTTY && !env['NO_COLOR'] ? 'colour' : 'plain';
const console = createConsole({ write: (text) => stdout.write(text), palette, parts });
const say = (message: string) => console.line('stack', `» ${message}`);
for (const remark of remarks) say(remark);

const watchdog = startWatchdog();
const programs = createProgramParts(console, watchdog);
const stack = createStack();
listenForStop({
  onStop(reason) {
    say(`stopping (${reason}); Ctrl-C again ends everything at once`);
    stack.requestStop();
  },
  onForce() {
    // The stop that waits goes on at once, as nothing is left to wait for; should it not, this is the end.
    programs.killAll();
    setTimeout(() => process.exit(exitCodes.failed), 2000).unref();
  },
});
process.exit(await run());

/** The diagram: what there is, in the order in which it depends on each other. */
async function startAll(): Promise<void> {
  const folder = resolve(settings.DATA_DIR ?? join(root, '.data'), 'emulator');
  const azure = { seed: readSeed(join(root, 'dev/azure-emulator/seed.json')), folder };
  const routes = orderRoutes(readManifests(join(root, 'deploy/services')));
  // The first stack takes Redis' usual port where it is free, so that a plain redis-cli finds it.
  const preferredPort = settings.DATA_DIR ? {} : { preferredPort: 6379 };
  const redis = await chooseRedis(settings.REDIS_URL?.value, { env, programs, console, ...preferredPort });

  // groupz calls the emulated Azure, and it issues the tokens of those who call users, or any of them (AUTH=jwt).
  const callers = callersEnvironment(settings, azure.seed, env);
  const trusting = { ...env, ...callers, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  const groupz = service(
    'groupz',
    settings.GROUPZ_PORT,
    groupzEnvironment(settings, { ...azure, redisUrl: redis.url }, trusting),
  );
  const realtime = service('realtime', settings.REALTIME_PORT, realtimeEnvironment(settings, redis.url, trusting));
  const users = service('users', settings.USERS_PORT, usersEnvironment(settings, redis.url, trusting));
  const azureCallers = [groupz, realtime, users].filter(({ environment }) => callsAzure(environment));
  const emulator = programs.create({
    ...nodeProgram(root, {
      name: 'azure',
      folder: 'dev/azure-emulator',
      environment: emulatorEnvironment(settings, folder, env),
      readyUrl: `http://localhost:${settings.EMULATOR_HTTP_PORT}/_emulator/ready`,
    }),
    // It has a new certificate then, and Node reads NODE_EXTRA_CA_CERTS only once.
    onReadyAgain() {
      for (const caller of azureCallers) caller.restart('azure has a new certificate');
    },
  });
  const upstreams = {
    groupz: `http://127.0.0.1:${settings.GROUPZ_PORT}`,
    realtime: `http://127.0.0.1:${settings.REALTIME_PORT}`,
    users: `http://127.0.0.1:${settings.USERS_PORT}`,
  };

  await stack.start(redis, emulator);
  await stack.start(groupz, realtime, users);
  await stack.start(gatewayPart(settings.GATEWAY_PORT, { routes, upstreams }));

  const database = env['DATABASE_URL'] || env['DATABASE_URL_FILE'] ? 'your Postgres' : 'an embedded Postgres';
  const tokens = takesEmulatedTokens(users.environment, settings, azure.seed) ? 'emulated' : 'other';
  const subscriptionId = azure.seed.subscriptions[0]?.id ?? '';
  console.say(renderOverview({ settings, redis, database, tokens, subscriptionId }));
}

function service(name: string, port: number, environment: NodeProgram['environment']) {
  const readyUrl = `http://127.0.0.1:${port}/readyz`;
  return {
    environment,
    ...programs.create(nodeProgram(root, { name, folder: `apps/${name}`, environment, readyUrl })),
  };
}

async function run(): Promise<number> {
  const failure = await startAll()
    .then(() => stack.run())
    .catch((error: Error) => (error instanceof StopRequested ? undefined : error));
  if (failure) say(`${failure.message}; stopping`);
  await stack.stop();
  await watchdog.close();
  say('stopped');
  if (!failure) return exitCodes.clean;
  // Last, where a person looks first.
  say(`could not start: ${failure.message}`);
  const lastLines = failure instanceof StartFailure ? failure.lastLines : [];
  for (const line of lastLines) console.line('stack', line);
  return exitCodes.failed;
}
