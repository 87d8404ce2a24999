import { Problem } from '@seaworthy/chassis/problem';
import type { Fault } from '@seaworthy/contracts/problem';
import { channelFault } from './channel.ts';

/** The channels that a URL's query names, each once. Throws a Problem of kind `bad-request` naming what is wrong. */
export function channelsOf(url: string, named: readonly string[] = []): string[] {
  if (!decodable(url)) throw refused('is not percent-encoded UTF-8');
  const channels = [...new Set(named)];
  for (const fault of channels.map(channelFault)) if (fault !== undefined) throw refused(fault);
  return channels;
}

/** The query parser leaves what it cannot decode as it is: another channel than the one that was meant. */
function decodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function refused(detail: string): Problem {
  const fault: Fault = { pointer: '?channel', code: 'channel', detail };
  return new Problem('bad-request', 'The query is not valid: see errors.', { errors: [fault] });
}
