import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everything } from '../src/checks.ts';
import { readFiles } from '../src/files.ts';
import { planted } from './planted.ts';

const files = readFiles(join(import.meta.dirname, '../../..'));

describe('a fault is planted', () => {
  it.for(planted)('%s: %s → %s', async ([file, from, to, rule]) => {
    const text = files.get(file) ?? '';
    expect(text).toContain(from);
    const found = await everything(
      new Map(files).set(
        file,
        text.replace(from, () => to),
      ),
    );
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });
});

it('nothing is found where nothing was planted', async () => {
  expect(await everything(files)).toEqual([]);
});
