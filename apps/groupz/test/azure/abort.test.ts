import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { armSource } from '../../src/azure/arm-source.ts';
import { A } from '../refresh-options.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const long = { kind: 'delay', milliseconds: 60_000 };

it('rejects soon when it is aborted on the first page', async () => {
  await azure.fault(long);
  const listing = armSource(azure.settings, azure.tlsOptions).list(A, AbortSignal.timeout(200));
  await expect(listing).rejects.toThrow(/abort/i);
});

it('rejects soon when it is aborted on a later page', async () => {
  await azure.fault({ kind: 'delay', milliseconds: 0, times: 2 });
  await azure.fault(long);
  const listing = armSource(azure.settings, azure.tlsOptions).list(A, AbortSignal.timeout(200));
  await expect(listing).rejects.toThrow(/abort/i);
});

it('rejects soon when it is aborted while Entra takes its time', async () => {
  await azure.fault({ ...long, match: { target: 'entra' } });
  const listing = armSource(azure.settings, azure.tlsOptions).list(A, AbortSignal.timeout(200));
  await expect(listing).rejects.toThrow(/abort/i);
});
