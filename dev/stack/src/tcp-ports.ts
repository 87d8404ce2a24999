import { createServer } from 'node:net';
import { type PortSetting, portOwners, type StackSettings } from './settings.ts';

// `localhost` means both to browsers and to curl.
const loopback = ['127.0.0.1', '::1'];

/** Finds the ports that something else listens on already; one line for each, naming the way out. */
export async function describeTakenPorts(settings: StackSettings): Promise<string[]> {
  const names = Object.keys(portOwners) as PortSetting[];
  const taken = await Promise.all(names.map(async (name) => !(await isFree(settings[name]))));
  return names
    .filter((_, index) => taken[index])
    .map(
      (name) => `port ${settings[name]} is taken, and ${portOwners[name]} needs it: free it, or set ${name} to another`,
    );
}

/** Finds a port that nothing listens on: the preferred one where it is free. */
export async function findFreePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function isFree(port: number): Promise<boolean> {
  for (const host of loopback) if (!(await canListen(host, port))) return false;
  return true;
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nobody on ::1; ports below 1024 may be ours to refuse too.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(!['EADDRINUSE', 'EACCES'].includes(error.code ?? '')),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
