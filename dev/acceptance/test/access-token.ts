/** An access token as the emulator hands it out: by default the developer's, for users; its README says what else. */
export async function accessToken(emulator: string, query: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${emulator}/_emulator/access-token?${new URLSearchParams(query)}`);
  if (!response.ok) throw new Error(`no token: ${await response.text()}`);
  return response.text();
}
