import { type RealtimeErrorCode, realtimeLimits } from '@seaworthy/contracts/realtime';
import { PlainClientMessage, type PlainError } from '@seaworthy/contracts/realtime-plain';
import { Compile } from 'typebox/compile';
import { channelFault } from '../channel.ts';

const message = Compile(PlainClientMessage);
const types: readonly unknown[] = ['join', 'leave', 'auth'];

/** Reads a client's text frame: what it asks for, or the error to answer. */
export function readCommand(text: string): PlainClientMessage | PlainError {
  const value = parse(text);
  if (value === undefined) return refusal('malformed', 'A text frame is a JSON object with a type.');
  if (!types.includes(value['type'])) return refusal('unknown-type', `The type is one of ${types.join(', ')}.`);
  const { type, channel } = value;
  const fault = type === 'auth' ? undefined : channelFault(channel);
  if (fault !== undefined) return refusal('bad-channel', fault, typeof channel === 'string' ? channel : undefined);
  return message.Check(value) ? value : refusal('malformed', 'A member of this message is wrong or unknown.');
}

/** The frame that refuses another. */
export function refusal(code: RealtimeErrorCode, text: string, channel?: string): PlainError {
  const error: PlainError = { type: 'error', code, message: text };
  return channel === undefined ? error : { ...error, channel: channel.slice(0, realtimeLimits.channelEcho) };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
