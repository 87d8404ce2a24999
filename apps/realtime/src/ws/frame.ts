/** What a frame holds (RFC 6455, 5.2). */
export const opcodes = { text: 0x1, binary: 0x2 } as const;

/** A whole frame as a server sends it: unmasked, in one piece (RFC 6455, 5.2). */
export function frameOf(payload: Buffer, opcode: number): Buffer {
  const { length } = payload;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x80 | opcode;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  payload.copy(frame, head);
  return frame;
}
