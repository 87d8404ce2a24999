import { describe, expect, it } from 'vitest';
import { everything } from '../src/checks.ts';
import { plant } from './plant.ts';
import { planted, plantedOnWindows } from './planted.ts';
import { renderAll } from './rendered.ts';

const rendered = await renderAll();

describe('a fault is planted', () => {
  it.for(planted)('%s %s: %s', ([kind, name, field, value, rule]) => {
    const { mutant } = plant(rendered, { kind, name, field, value });
    expect(everything(mutant).map((finding) => finding.rule)).toContain(rule);
  });
});

describe('a fault is planted on Windows', () => {
  it.for(plantedOnWindows)('%s %s: %s', ([kind, name, field, value, rule]) => {
    const { mutant } = plant(rendered, { kind, name, field, value }, ['ltsc2025']);
    expect(everything(mutant).map((finding) => finding.rule)).toContain(rule);
  });
});

it('nothing is found where nothing was planted', () => {
  expect(everything(rendered)).toEqual([]);
});
