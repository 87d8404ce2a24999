import { Problem } from '@seaworthy/chassis/problem';
import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { ChannelName, Published, realtimeLimits } from '@seaworthy/contracts/realtime';
import { Type } from 'typebox';
import { accessOf } from '../access.ts';
import { channelFault } from '../channel.ts';
import { checkOrigin } from '../origin.ts';
import type { Publish } from '../publisher.ts';
import { checkPayload, payloadTypes } from './payload.ts';

interface World {
  publish: Publish;
  allowedOrigins: readonly string[];
}

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
export function publishMessage({ publish, allowedOrigins }: World) {
  return route({
    schema: {
      operationId: 'publishMessage',
      summary: 'Publish a message to a channel',
      params: Type.Object({ name: ChannelName }),
      headers: IdempotencyKey,
      body: { content: Object.fromEntries(payloadTypes.map((type) => [type, payload])) },
      response: {
        200: Published,
        ...problemResponses('bad-request', 'forbidden', 'too-large', 'unsupported-media-type', 'unavailable'),
      },
    },
    handler: async ({ params, headers, body, caller }) => {
      checkOrigin(headers, allowedOrigins);
      const channel = named(params.name);
      const bytes = (body as Buffer | undefined) ?? Buffer.alloc(0); // Fastify reads no body of length 0
      checkPayload(bytes, headers['content-type']);
      const position = await publish(accessOf(caller), { channel, payload: bytes, key: headers['idempotency-key'] });
      return { channel, ...position };
    },
  });
}

function named(channel: string): string {
  const detail = channelFault(channel);
  if (detail === undefined) return channel;
  const errors = [{ pointer: '/name', code: 'channel', detail }];
  throw new Problem('bad-request', 'The name of the channel is not valid: see errors.', { errors });
}
