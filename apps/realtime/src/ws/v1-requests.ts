import { type RealtimeErrorCode, realtimeLimits } from '@seaworthy/contracts/realtime';
import { ClientMessage, type ErrorMessage, Id, type Publish } from '@seaworthy/contracts/realtime-v1';
import { Compile } from 'typebox/compile';
import { channelFault } from '../channel.ts';

const message = Compile(ClientMessage);
const requestId = Compile(Id);
const types: readonly unknown[] = ['subscribe', 'unsubscribe', 'publish', 'auth', 'ping'];
const aboutNoChannel: readonly unknown[] = ['auth', 'ping'];

/** What a request is about: an error says it again. */
interface About {
  id?: Id | undefined;
  channel?: string | undefined;
}

/** Reads a client's text frame: what it asks for, or the error to answer. */
export function readRequest(text: string): ClientMessage | ErrorMessage {
  const value = parse(text);
  if (value === undefined) return refusal('malformed', 'A text frame is a JSON object with a type.');
  const id = requestId.Check(value['id']) ? value['id'] : undefined;
  if (!types.includes(value['type'])) return refusal('unknown-type', `The type is one of ${types.join(', ')}.`, { id });
  if (!aboutNoChannel.includes(value['type'])) {
    const { channel } = value;
    const fault = channelFault(channel);
    if (fault !== undefined) {
      return refusal('bad-channel', fault, { id, channel: typeof channel === 'string' ? channel : undefined });
    }
  }
  return message.Check(value) ? value : refusal('malformed', 'A member of this request is wrong or unknown.', { id });
}

/** What is to be published; `undefined` where the request does not say so in one way, or not in Unicode. */
export function payloadOf({ data, base64 }: Publish): Buffer | undefined {
  if (base64 !== undefined) return data === undefined ? Buffer.from(base64, 'base64') : undefined;
  return data?.isWellFormed() ? Buffer.from(data) : undefined;
}

/** The frame that refuses another. */
export function refusal(code: RealtimeErrorCode, text: string, { id, channel }: About = {}): ErrorMessage {
  return {
    type: 'error',
    ...(id !== undefined && { id }),
    code,
    message: text,
    ...(channel !== undefined && { channel: channel.slice(0, realtimeLimits.channelEcho) }),
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
