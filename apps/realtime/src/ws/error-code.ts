import { Problem } from '@seaworthy/chassis/problem';
import type { RealtimeErrorCode } from '@seaworthy/contracts/realtime';

const codes: readonly unknown[] = ['forbidden', 'unauthenticated', 'unavailable'] satisfies RealtimeErrorCode[];

/** The code and the words of an error frame for what went wrong; of what the client cannot mend, that it was refused. */
export function errorOf(error: unknown, otherwise: string): { code: RealtimeErrorCode; text: string } {
  const mendable = error instanceof Problem && codes.includes(error.kind) && !isOfRedis(error);
  return mendable
    ? { code: error.kind as RealtimeErrorCode, text: error.message }
    : { code: 'refused', text: otherwise };
}

/** Redis' own rules forbid things to us, and no token of a client changes that. */
function isOfRedis({ kind, neededRoles }: Problem): boolean {
  return kind === 'forbidden' && neededRoles === undefined;
}
