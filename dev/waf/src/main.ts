import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startUsers } from '@seaworthy/acceptance/users/users-program';
import { withoutRule } from './exclusions.ts';
import { describeFindings, findingsIn } from './findings.ts';
import { startFirewall } from './firewall.ts';
import { freePort } from './free-port.ts';
import { findInstallation, type Installation, usualPlaces } from './installation.ts';
import { runSuites } from './suite-run.ts';

const exitCodes = { passed: 0, failed: 1, impossible: 75, interrupted: 130 };

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());

const installation = await findInstallation(usualPlaces(process.env['PATH'] ?? ''));
if ('missing' in installation) {
  console.error(`NOT RUN: apt-get install ${installation.missing.join(' ')} (packages of Debian and Ubuntu)`);
  process.exitCode = exitCodes.impossible;
} else {
  process.exitCode = await run(installation);
}

/** Starts everything, runs the suites, and takes all down again, whatever happens. */
async function run(installation: Installation): Promise<number> {
  const started: { stop(): Promise<void> }[] = [];
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.unshift(part);
    return part;
  };
  try {
    const exclusions = await readFile(resolve(import.meta.dirname, '../exclusions.conf'), 'utf8');
    const { address: direct } = keep(await startUsers());
    const before = async (text: string) =>
      keep(await startFirewall(installation, { port: await freePort(), upstream: direct, exclusions: text }));
    const firewall = await before(exclusions);
    const blind = await before(withoutRule(exclusions, '200006'));
    const addresses = { direct, firewall: firewall.address, blindFirewall: blind.address, log: firewall.log };
    const passed = await runSuites({ addresses, env: process.env, signal: interruption.signal });
    if (passed) return exitCodes.passed;
    console.log('What the rules found in all requests:');
    for (const line of describeFindings(findingsIn(await readFile(firewall.log, 'utf8')))) console.log(line);
    return exitCodes.failed;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    return exitCodes.interrupted;
  } finally {
    for (const part of started) await part.stop();
  }
}
