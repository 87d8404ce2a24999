import { Problem } from '@seaworthy/chassis/problem';
import type { Position } from '@seaworthy/contracts/realtime';
import { type Access, requireWrite } from './access.ts';
import { type Clock, within } from './clock.ts';

/** What somebody wants to be published. */
export interface Publication {
  channel: string;
  payload: Buffer;
  /** A repetition under the same key by the same caller is published once, for a day. */
  key?: string | undefined;
}

/**
 * Publishes for somebody, and resolves once Redis has accepted it; on a durable channel, with the position. Rejects with
 * a Problem of kind `forbidden`, or `unavailable`.
 */
export type Publish = (access: Access | undefined, publication: Publication) => Promise<Position | undefined>;

interface PublisherWorld {
  clock: Clock;
  /** Resolves when Redis has accepted it. */
  send(channel: string, payload: Buffer, key?: string): Promise<Position | undefined>;
}

const acceptMilliseconds = 5000;

/** Publishes what may be published, within 5 seconds or not at all, as far as anybody knows. */
export function publisher({ clock, send }: PublisherWorld): Publish {
  return async (access, { channel, payload, key }) => {
    requireWrite(access, channel);
    const ownKey = key && `${access?.id} ${key}`;
    const accepted = send(channel, payload, ownKey).catch((cause) => Promise.reject(refused(cause)));
    return within({ clock, milliseconds: acceptMilliseconds, late }, accepted);
  };
}

function refused(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem('unavailable', 'Redis did not accept the message.', { cause, retryAfterSeconds: 5 });
}

function late(): Problem {
  const detail = 'Redis has not accepted the message in time, and may still: repeat it under an idempotency key.';
  return new Problem('unavailable', detail, { retryAfterSeconds: 5 });
}
