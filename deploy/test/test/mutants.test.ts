import { describe, expect, it } from 'vitest';
import { everything } from '../src/checks.ts';
import { plant } from './plant.ts';
import { planted } from './planted.ts';
import { renderAll } from './rendered.ts';

const rendered = await renderAll();

describe('a fault is planted', () => {
  it.for(planted)('%s %s: %s', ([kind, name, field, value, rule]) => {
    const { mutant, file } = plant(rendered, { kind, name, field, value });
    const found = everything(mutant).filter((finding) => finding.file === file || finding.rule === rule);
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });
});

it('nothing is found where nothing was planted', () => {
  expect(everything(rendered)).toEqual([]);
});
