import { isUtf8 } from 'node:buffer';
import type { Gap } from '@seaworthy/contracts/realtime';
import type { Format } from '../entry.ts';

/**
 * Events of `text/event-stream` (HTML, section 9.2): their id is the message's place. A payload that is not valid UTF-8
 * comes as an event `base64`. The format knows lines only: CR and CRLF arrive as LF.
 */
export const eventFormat: Format = {
  message({ payload, epoch, offset }) {
    const id = offset === undefined ? '' : idLine(epoch, offset);
    if (!isUtf8(payload)) return Buffer.from(`${id}event: base64\n${dataLines(payload.toString('base64'))}\n`);
    return Buffer.from(`${id}${dataLines(payload.toString())}\n`);
  },
  gap(gap: Gap) {
    const id = gap.to === undefined ? '' : idLine(gap.epoch, gap.to);
    return Buffer.from(`${id}event: gap\n${dataLines(JSON.stringify(gap))}\n`);
  },
};

/** Tells a place without a message: who connects again from here on has missed nothing. */
export function placeEvent(epoch: string, offset: number): string {
  return `${idLine(epoch, offset)}\n`;
}

function idLine(epoch: string, offset: number): string {
  return `id: ${epoch}:${offset}\n`;
}

function dataLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('');
}
