import { readSettings, type Settings } from './config.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { createLogger } from './log.ts';
import { readSeed, type Seed } from './seed.ts';

/** sysexits.h: something in the configuration is wrong; starting again will not help. */
const EX_CONFIG = 78;

const { settings, seed } = configuration();
const logger = createLogger(settings.LOG_LEVEL);
const emulator = await start();

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));

const { httpsUrl, httpUrl, caFile } = emulator;
logger.info({ httpsUrl, httpUrl, caFile, outputDir: settings.OUTPUT_DIR }, 'emulator ready');

function configuration(): { settings: Settings; seed: Seed } {
  try {
    const read = readSettings(process.env);
    return { settings: read, seed: readSeed(read.STATE_FILE) };
  } catch (error) {
    console.error((error as Error).message);
    process.exit(EX_CONFIG);
  }
}

async function start(): Promise<Emulator> {
  const { HOST: host, HTTPS_PORT: httpsPort, HTTP_PORT: httpPort, PAGE_SIZE: pageSize, OUTPUT_DIR } = settings;
  try {
    return await startEmulator({ host, httpsPort, httpPort, pageSize, outputDir: OUTPUT_DIR, seed, logger });
  } catch (error) {
    const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
    console.error(code === 'EADDRINUSE' ? `Port ${port} of ${host} is taken by another program.` : message);
    process.exit(1);
  }
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, 'closing');
  await emulator.close();
  process.exit(0);
}
