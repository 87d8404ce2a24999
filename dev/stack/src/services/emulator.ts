import type { Environment } from '@seaworthy/chassis/environment';
import type { StackSettings } from '../settings.ts';
import { programEnvironment } from './environment.ts';

/** The environment of the Azure emulator, which writes its certificate and tokens into the folder. */
export function emulatorEnvironment(settings: StackSettings, folder: string, env: Environment): Environment {
  const own = {
    HTTPS_PORT: `${settings.EMULATOR_HTTPS_PORT}`,
    HTTP_PORT: `${settings.EMULATOR_HTTP_PORT}`,
    OUTPUT_DIR: folder,
    // groupz asks every few seconds: at `info` that would be most of what a person sees.
    LOG_LEVEL: env['LOG_LEVEL'] || 'warn',
  };
  return programEnvironment('emulator', own, env);
}
