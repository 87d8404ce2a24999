/** One line of at most 400 characters, without anything that looks like a token: Azure's errors may quote what was sent. */
export function brief(message: string): string {
  return message
    .replaceAll(/\bey[\w-]{8,}(\.[\w-]*)*/g, '(token)')
    .replaceAll(/\bBearer\s+[^\s"',]+/gi, 'Bearer (token)')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 400);
}
