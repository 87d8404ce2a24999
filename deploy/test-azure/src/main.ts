import { join } from 'node:path';
import { checks, everything } from './checks.ts';
import { readFiles } from './files.ts';
import { describeFinding } from './finding.ts';
import { promtool } from './monitor/promtool.ts';

const repository = join(import.meta.dirname, '../../..');
const files = readFiles(repository);
const cases = promtool(repository);
if (!cases) console.error('NOT RUN: the cases of the alerts; promtool is in the package `prometheus`');
const findings = [...(await everything(files)), ...(cases ?? [])];
for (const finding of findings) console.error(describeFinding(finding));
console.log(`${Object.keys(checks).length} checks: ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
