import { runService } from '../src/run.ts';
import { defineSettings } from '../src/settings.ts';

/** A service that cannot start, for tests of how it ends. */
const about = { name: 'broken', version: '1.2.3', description: 'Never starts.' };
await runService({ ...about, settings: defineSettings({}), env: process.env }, () => {
  throw new Error('there is no dough');
});
