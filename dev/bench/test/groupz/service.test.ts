import { expect, it, onTestFinished } from 'vitest';
import { startAzure } from '../../src/groupz/azure.ts';
import { recordAnswer } from '../../src/groupz/recorded-answer.ts';
import { service } from '../../src/groupz/service.ts';
import { openStage } from '../../src/stage.ts';
import { stageOptions } from '../stage-options.ts';

it('starts as a pod of the emulated tenant and lists all its groups', async () => {
  const stage = openStage(stageOptions());
  onTestFinished(() => stage[Symbol.asyncDispose]());
  const azure = await startAzure(stage, { groups: 30, subscriptions: 2 });
  const server = await stage.start(service(azure));
  const names = await recordAnswer(stage, server, { path: '/groupz' });
  const list = await recordAnswer(stage, server, { path: '/v1/resource-groups?pageSize=500', coding: 'gzip' });
  expect(JSON.parse(names.body.toString())).toHaveLength(30);
  expect(list.etag).not.toBe('');
}, 30_000);
