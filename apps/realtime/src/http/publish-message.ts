import { Problem } from '@seaworthy/chassis/problem';
import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { ChannelName, type Position, Published, realtimeLimits, realtimeRoles } from '@seaworthy/contracts/realtime';
import { Type } from 'typebox';
import { channelFault } from '../channel.ts';
import { type Clock, within } from '../clock.ts';
import { checkOrigin } from '../origin.ts';
import { checkPayload, payloadTypes } from './payload.ts';

interface World {
  /** Resolves when Redis has accepted it. */
  publish(channel: string, payload: Buffer, key?: string): Promise<Position | undefined>;
  clock: Clock;
  allowedOrigins: readonly string[];
}

const acceptMilliseconds = 5000;

const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: realtimeLimits.key,
      pattern: '^[\\x21-\\x7e]+$',
      description: 'Visible ASCII characters, best a UUID. Kept for 24 hours: a repetition is published once.',
    }),
  ),
});

const payload = { schema: Type.Unsafe<Buffer>({ description: 'The payload, handed on byte for byte.' }) };

/** `POST /channels/{name}/messages` */
export function publishMessage({ publish, clock, allowedOrigins }: World) {
  return route({
    config: { roles: [realtimeRoles.readWrite] },
    schema: {
      operationId: 'publishMessage',
      summary: 'Publish a message to a channel',
      params: Type.Object({ name: ChannelName }),
      headers: IdempotencyKey,
      body: { content: Object.fromEntries(payloadTypes.map((type) => [type, payload])) },
      response: {
        200: Published,
        ...problemResponses('bad-request', 'too-large', 'unsupported-media-type', 'unavailable'),
      },
    },
    handler: async ({ params, headers, body, caller }) => {
      checkOrigin(headers, allowedOrigins);
      const channel = named(params.name);
      const bytes = (body as Buffer | undefined) ?? Buffer.alloc(0); // Fastify reads no body of length 0
      checkPayload(bytes, headers['content-type']);
      const given = headers['idempotency-key'];
      const key = given && `${caller.id} ${given}`;
      const accepted = publish(channel, bytes, key).catch((cause) => Promise.reject(refused(cause)));
      return { channel, ...(await within({ clock, milliseconds: acceptMilliseconds, late }, accepted)) };
    },
  });
}

function named(channel: string): string {
  const detail = channelFault(channel);
  if (detail === undefined) return channel;
  const errors = [{ pointer: '/name', code: 'channel', detail }];
  throw new Problem('bad-request', 'The name of the channel is not valid: see errors.', { errors });
}

function refused(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem('unavailable', 'Redis did not accept the message.', { cause, retryAfterSeconds: 5 });
}

function late(): Problem {
  const detail = 'Redis has not accepted the message in time, and may still: repeat it with an Idempotency-Key.';
  return new Problem('unavailable', detail, { retryAfterSeconds: 5 });
}
