import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '@seaworthy/chassis/problem';

/**
 * Refuses web pages of other hosts: browsers let any page open a WebSocket and post a text, and send cookies and client
 * certificates along. A page cannot set Host or X-Forwarded-Host, so that both can be believed here.
 */
export function checkOrigin(headers: IncomingHttpHeaders, allowed: readonly string[]): void {
  const { origin } = headers;
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return;
  const forwarded = [headers['x-forwarded-host']].flat()[0]?.split(',')[0]?.trim();
  const page = hostOf(origin);
  const hosts = [headers.host, forwarded].map((host) => host && hostOf(`${protocolOf(origin)}//${host}`));
  if (page === undefined || !hosts.includes(page))
    throw new Problem('forbidden', 'Pages of this origin may not connect: see ALLOWED_ORIGINS.');
}

/** The host with its port, without the port that the scheme implies. */
function hostOf(url: string): string | undefined {
  return URL.parse(url)?.host || undefined;
}

function protocolOf(url: string): string {
  return URL.parse(url)?.protocol ?? 'https:';
}
