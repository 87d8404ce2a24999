import { parseArgs } from 'node:util';
import { generatedFiles } from './generated-files.ts';
import { staleFiles, writeFiles } from './output.ts';

const usage = `Brings what is generated from the code up to date: the API documents in docs/api, the READMEs' settings tables.

  pnpm generate            writes the files that changed
  pnpm generate --check    writes nothing, and fails where one is not up to date`;

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });

if (values.help) console.log(usage);
else if (values.check) await check();
else for (const path of await writeFiles(await generatedFiles())) console.log(`wrote ${path}`);

async function check(): Promise<void> {
  const stale = await staleFiles(await generatedFiles());
  for (const path of stale) console.error(`${path} is not up to date: run \`npx -y pnpm@12 generate\``);
  if (stale.length > 0) process.exitCode = 1;
}
