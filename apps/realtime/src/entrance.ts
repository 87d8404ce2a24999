import type { IncomingMessage } from 'node:http';
import { authorizationOf } from '@seaworthy/chassis/guard';
import { Problem } from '@seaworthy/chassis/problem';
import type { Access } from './access.ts';
import { countedAddress } from './address.ts';
import type { Authority } from './authority.ts';
import { checkOrigin } from './origin.ts';
import type { Session } from './session.ts';

/** Who comes to stay. */
export interface Visitor {
  /** Who is counted; `undefined` for who is not. */
  address: string | undefined;
  /** `undefined` for who has not said who it is. */
  access: Access | undefined;
}

/** Who holds a connection to this process. */
export interface Crowd {
  /** To be called before anything else is done for who comes. Throws a Problem of kind `unavailable`. */
  knock(): void;
  /** Begins a session, or throws a Problem of kind `unavailable` or `too-many-requests`. */
  admit(visitor: Visitor): Session;
  release(session: Session): void;
}

/** What a face needs to know of a request to let somebody in. */
interface Visit {
  raw: IncomingMessage;
  ip: string;
  ticket: string | undefined;
  /** Whether who has shown nothing may say later who it is. */
  strangers: boolean;
}

interface EntranceWorld {
  crowd: Crowd;
  authority: Authority;
  allowedOrigins: readonly string[];
}

/** Finds out who comes, or throws a Problem. */
export type Enter = (visit: Visit) => Promise<Visitor>;

/** The way in for all who come to stay: not too many at once, pages of good origins only, and who they are. */
export function entrance({ crowd, authority, allowedOrigins }: EntranceWorld): Enter {
  return async ({ raw, ip, ticket, strangers }) => {
    crowd.knock();
    checkOrigin(raw.headers, allowedOrigins);
    const access = await authority.admit(authorizationOf(raw), ticket);
    if (!access && !strangers) throw new Problem('unauthenticated', 'Send an access token, or a ticket.');
    return { address: countedAddress(ip), access };
  };
}
