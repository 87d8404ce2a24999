import { once } from 'node:events';
import { connect } from 'node:net';

/** An answer as it is on the wire. */
interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Sends text to a port until the other side ends, and reads the one answer that comes. */
export async function exchange(port: number, text: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  const chunks: Buffer[] = await socket.toArray();
  return parse(String(Buffer.concat(chunks)));
}

/** A connection that stays open between requests. */
export async function openConnection(port: number) {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  await once(socket, 'connect');
  return {
    async send(text: string): Promise<RawAnswer> {
      socket.write(text);
      const [chunk] = (await once(socket, 'data')) as [string];
      return parse(chunk);
    },
    /** Sends a part of a request, which has no answer yet. */
    begin: (text: string) => void socket.write(text),
    ended: once(socket, 'close'),
  };
}

function parse(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((each) => {
      const [name = '', ...value] = each.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
