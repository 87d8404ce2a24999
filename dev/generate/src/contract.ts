import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { goIsHere } from './breaking-changes.ts';
import { contracts } from './generated-files.ts';
import { repository, writeFiles } from './output.ts';
import { acceptedBreaks, asReleased, brokenPromises, released } from './released.ts';

const usage = `Compares the services' APIs with what was released of them (docs/api/released), and fails where a caller would break.

  pnpm contract              lists what breaks; needs Go, and ends with code 75 where there is none
  pnpm contract --release    takes the present APIs as released`;

const cannotBeDone = 75; // as the gate understands it

const { values } = parseArgs({ options: { release: { type: 'boolean' }, help: { type: 'boolean' } } });

if (values.help) console.log(usage);
else if (values.release)
  for (const path of await writeFiles(asReleased(await contracts()))) console.log(`wrote ${path}`);
else if (goIsHere()) await check();
else {
  console.error('the comparison of contracts needs Go: https://go.dev/doc/install');
  process.exitCode = cannotBeDone;
}

async function check(): Promise<void> {
  const broken = await brokenPromises(await contracts(), join(repository, released));
  for (const line of broken) console.error(line);
  if (broken.length === 0) return console.log('nothing that was released breaks');
  console.error(`\nMend it, or agree to it in ${released}/${acceptedBreaks}: how, docs/api/README.md says.`);
  process.exitCode = 1;
}
