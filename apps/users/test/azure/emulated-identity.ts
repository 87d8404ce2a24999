import type { Emulator } from '@seaworthy/azure-emulator/emulator';
import { workloadToken } from '../../src/azure/workload-token.ts';

/** Asks the emulated Entra for tokens, as the application of groupz: it has a federation in every emulated tenant. */
export function emulatedIdentity(emulator: Emulator, file = emulator.tokenFile('seaworthy', 'groupz')) {
  const { tenant, applications } = emulator.seed;
  const settings = {
    AZURE_TENANT_ID: tenant.id,
    AZURE_CLIENT_ID: applications.find(({ name }) => name === 'groupz')?.clientId ?? '',
    AZURE_FEDERATED_TOKEN_FILE: file,
    AZURE_AUTHORITY_HOST: `${emulator.httpsUrl}/`,
  };
  return workloadToken(settings, { ca: emulator.ca });
}
