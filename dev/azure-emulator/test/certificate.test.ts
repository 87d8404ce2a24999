import { once } from 'node:events';
import { request } from 'node:https';
import { expect, it } from 'vitest';
import { startEmulator } from '../src/emulator.ts';

it('two emulators can be trusted at once', async () => {
  await using stack = new AsyncDisposableStack();
  const emulators = [await startEmulator(), await startEmulator()];
  for (const emulator of emulators) stack.defer(() => emulator.close());
  const ca = emulators.map((emulator) => emulator.ca);
  for (const { httpsUrl } of emulators) {
    const [response] = await once(request(httpsUrl, { ca }).end(), 'response');
    expect(response.statusCode).toBe(404);
    response.resume();
  }
});
