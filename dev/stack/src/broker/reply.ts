/** The versions of the Redis serialization protocol; a connection begins with 2 and asks for 3 with HELLO. */
export type Protocol = 2 | 3;

/** What a command answers, before it is written for a protocol. */
export type Reply =
  | { kind: 'simple'; text: string }
  | { kind: 'error'; text: string }
  | { kind: 'integer'; value: number }
  | { kind: 'bulk'; bytes: Buffer }
  | { kind: 'verbatim'; text: string }
  | { kind: 'absent' }
  | { kind: 'list'; items: readonly Reply[] }
  | { kind: 'map'; entries: readonly (readonly [string, Reply])[] }
  | { kind: 'push'; items: readonly Reply[] };

export const ok: Reply = { kind: 'simple', text: 'OK' };
export const absent: Reply = { kind: 'absent' };
export const error = (text: string): Reply => ({ kind: 'error', text });
export const integer = (value: number): Reply => ({ kind: 'integer', value });
export const bulk = (value: Buffer | string): Reply => ({ kind: 'bulk', bytes: Buffer.from(value) });
export const list = (items: readonly Reply[]): Reply => ({ kind: 'list', items });
/** What nobody asked for at this moment: RESP3 marks it, RESP2 cannot. */
export const push = (items: readonly Reply[]): Reply => ({ kind: 'push', items });

const lineEnd = Buffer.from('\r\n');

/** Writes a reply as bytes. */
export function encodeReply(reply: Reply, protocol: Protocol): Buffer {
  switch (reply.kind) {
    case 'simple':
      return line(`+${reply.text}`);
    case 'error':
      // A line break would end the reply early: Redis replaces it by spaces as well.
      return line(`-${reply.text.replaceAll(/[\r\n]/g, ' ')}`);
    case 'integer':
      return line(`:${reply.value}`);
    case 'bulk':
      return Buffer.concat([line(`$${reply.bytes.length}`), reply.bytes, lineEnd]);
    case 'verbatim':
      return protocol === 2 ? encodeReply(bulk(reply.text), 2) : verbatim(reply.text);
    case 'absent':
      return line(protocol === 2 ? '$-1' : '_');
    case 'list':
      return aggregate('*', reply.items, protocol);
    case 'push':
      return aggregate(protocol === 2 ? '*' : '>', reply.items, protocol);
    case 'map':
      return encodeMap(reply.entries, protocol);
  }
}

function encodeMap(entries: readonly (readonly [string, Reply])[], protocol: Protocol): Buffer {
  const items = entries.flatMap(([key, value]) => [bulk(key), value]);
  if (protocol === 2) return aggregate('*', items, protocol);
  return Buffer.concat([line(`%${entries.length}`), ...items.map((item) => encodeReply(item, protocol))]);
}

function aggregate(mark: string, items: readonly Reply[], protocol: Protocol): Buffer {
  return Buffer.concat([line(`${mark}${items.length}`), ...items.map((item) => encodeReply(item, protocol))]);
}

function verbatim(text: string): Buffer {
  return line(`=${Buffer.byteLength(text) + 4}\r\ntxt:${text}`);
}

function line(text: string): Buffer {
  // An error may repeat what the client sent: Latin-1 brings each byte back as it was.
  return Buffer.from(`${text}\r\n`, 'latin1');
}
