import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../processes/free-port.ts';
import type { Stage } from '../stage.ts';
import { type TenantSize, tenantOf } from './tenant.ts';

/** An emulated Azure that runs as a program of its own, so that its CPU is in no figure. */
export type Azure = {
  /** What makes a process a pod with the service's workload identity. */
  podEnv: Readonly<Record<string, string>>;
  /** Where the emulator tells about itself. */
  adminUrl: string;
};

const program = fileURLToPath(import.meta.resolve('@seaworthy/azure-emulator/main'));

/** Starts the emulator with a tenant of this size. */
export async function startAzure(stage: Stage, size: TenantSize): Promise<Azure> {
  const tenant = tenantOf(size);
  const outputDir = mkdtempSync(join(stage.directory, 'azure-'));
  const stateFile = join(outputDir, 'tenant.json');
  writeFileSync(stateFile, JSON.stringify(tenant));
  const httpsPort = String(await findFreePort());
  const files = { STATE_FILE: stateFile, OUTPUT_DIR: outputDir };
  const { port } = await stage.start({
    name: 'the Azure emulator',
    readyPath: '/_emulator/ready',
    command: (httpPort) => ({
      program: process.execPath,
      args: [program],
      env: { ...files, HTTP_PORT: String(httpPort), HTTPS_PORT: httpsPort, PAGE_SIZE: '1000', LOG_LEVEL: 'warn' },
    }),
  });
  const url = `https://127.0.0.1:${httpsPort}`;
  const podEnv = {
    SUBSCRIPTION_ID: tenant.subscriptions.map(({ id }) => id).join(','),
    AZURE_TENANT_ID: tenant.tenant.id,
    AZURE_CLIENT_ID: tenant.applications.find(({ name }) => name === 'groupz')?.clientId ?? '',
    AZURE_FEDERATED_TOKEN_FILE: join(outputDir, 'tokens', 'seaworthy', 'groupz'),
    AZURE_AUTHORITY_HOST: url,
    ARM_ENDPOINT: url,
    NODE_EXTRA_CA_CERTS: join(outputDir, 'ca.pem'),
  };
  return { podEnv, adminUrl: `http://127.0.0.1:${port}/_emulator` };
}
