import { isUtf8 } from 'node:buffer';
import type { Format } from '../entry.ts';
import { frameOf, opcodes } from './frame.ts';

/** The payload itself: a text frame where it is valid UTF-8, as a text frame must be, else a binary one. */
export const plainFormat: Format = {
  message: ({ payload }) => frameOf(payload, isUtf8(payload) ? opcodes.text : opcodes.binary),
  gap: (gap) => frameOf(Buffer.from(JSON.stringify(gap)), opcodes.text),
};
