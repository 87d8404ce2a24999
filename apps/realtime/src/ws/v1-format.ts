import { isUtf8 } from 'node:buffer';
import type { Message } from '@seaworthy/contracts/realtime-v1';
import type { Format } from '../entry.ts';
import { frameOf, opcodes } from './frame.ts';

/** JSON text frames; a payload that is not valid UTF-8, which no JSON can carry, as base64. */
export const v1Format: Format = {
  message({ channel, offset, payload }) {
    const content = isUtf8(payload) ? { data: payload.toString() } : { base64: payload.toString('base64') };
    return textFrame({
      type: 'message',
      channel,
      ...(offset !== undefined && { offset }),
      ...content,
    } satisfies Message);
  },
  gap: textFrame,
};

function textFrame(message: object): Buffer {
  return frameOf(Buffer.from(JSON.stringify(message)), opcodes.text);
}
