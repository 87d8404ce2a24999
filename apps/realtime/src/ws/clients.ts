import { Problem } from '@seaworthy/chassis/problem';
import { Allowance } from '../allowance.ts';
import type { Clock } from '../clock.ts';
import type { Crowd, Visitor } from '../entrance.ts';
import { Session, type SessionWorld } from '../session.ts';
import { sayGoodbye } from './farewell.ts';

/** How often a client is pinged, in seconds; each second has its share of them. */
export const pingSeconds = 25;
const goodbyeMilliseconds = 3000;
const burstSeconds = 5;
/** Of all who fit, so many may be there without having said who they are. */
const strangersShare = 0.1;

/** Why somebody was not let in. */
export type Refusal = 'stopping' | 'rate' | 'full' | 'address' | 'strangers';

export interface ClientsOptions {
  /** How many there may be at a time; of one address, 0 for as many as fit; and how many may come each second. */
  limits: { all: number; perAddress: number; perSecond: number };
  /** How long there is for all to go. */
  drainMilliseconds: number;
  clock: Clock;
  world: SessionWorld;
  onRefused(reason: Refusal): void;
}

/** All clients that hold a connection, from the handshake to the end of the socket. */
export class Clients implements Crowd {
  readonly #options: ClientsOptions;
  readonly #arrivals: Allowance;
  readonly #sessions = new Map<Session, string | undefined>();
  readonly #perAddress = new Map<string, number>();
  readonly #strangers = new Set<Session>();
  /** Those that are pinged in the same second, by second. */
  readonly #turns = Array.from({ length: pingSeconds }, () => new Set<Session>());
  #turn = 0;
  readonly #stopTicks: () => void;
  #gone: PromiseWithResolvers<void> | undefined;

  constructor(options: ClientsOptions) {
    const { clock, limits } = options;
    this.#options = options;
    this.#arrivals = new Allowance({ clock, capacity: limits.perSecond * burstSeconds, perSecond: limits.perSecond });
    this.#stopTicks = clock.every(1000, () => this.#tick());
  }

  get count(): number {
    return this.#sessions.size;
  }

  /** How many there are by how they are spoken to; those in the handshake are left out. */
  faces(): Map<string, number> {
    const faces = new Map<string, number>();
    for (const { face } of this.#sessions.keys()) if (face) faces.set(face, (faces.get(face) ?? 0) + 1);
    return faces;
  }

  /** To be called before anything else is done for who comes. Throws a Problem of kind `unavailable`. */
  knock(): void {
    if (this.#gone) throw this.#refused('stopping', 'The service is stopping.', 1);
    if (!this.#arrivals.spend(1)) throw this.#refused('rate', 'Too many come at once.', 5);
  }

  /** Begins a session, or throws a Problem of kind `unavailable` or `too-many-requests` where there are enough. */
  admit({ address, access }: Visitor): Session {
    const { limits, world } = this.#options;
    if (this.#gone) throw this.#refused('stopping', 'The service is stopping.', 1);
    if (this.count >= limits.all) throw this.#refused('full', 'There are as many clients as fit.', 5);
    if (!access && this.#countStrangers() >= Math.ceil(limits.all * strangersShare))
      throw this.#refused('strangers', 'Too many have shown no token yet: send it with the handshake.', 5);
    if (address !== undefined) this.#enter(address);
    const session = new Session(world);
    if (access) session.manners.permit.grant(access);
    else this.#strangers.add(session);
    this.#sessions.set(session, address);
    // Whoever comes now has its turn in 25 seconds.
    this.#turns[this.#turn]?.add(session);
    return session;
  }

  /** Lets go of a session whose socket has gone. */
  release(session: Session): void {
    session.end();
    const address = this.#sessions.get(session);
    if (!this.#sessions.delete(session)) return;
    if (address !== undefined) this.#leave(address);
    this.#strangers.delete(session);
    for (const turn of this.#turns) if (turn.delete(session)) break;
    if (this.#sessions.size === 0) this.#gone?.resolve();
  }

  /** Says goodbye to everybody, and hangs up on those who do not answer it in time. */
  async close(): Promise<void> {
    const { clock, drainMilliseconds, world } = this.#options;
    this.#gone = Promise.withResolvers();
    this.#stopTicks();
    if (this.#sessions.size === 0) return;
    const flush = () => world.hub.flush();
    await sayGoodbye([...this.#sessions.keys()], { clock, milliseconds: drainMilliseconds, flush });
    if (this.#sessions.size === 0) return;
    const cancel = clock.after(Math.min(goodbyeMilliseconds, drainMilliseconds / 4), () => {
      for (const session of this.#sessions.keys()) session.terminate();
    });
    await this.#gone.promise;
    cancel();
  }

  #tick(): void {
    this.#turn = (this.#turn + 1) % pingSeconds;
    for (const session of this.#turns[this.#turn] ?? []) session.beat();
    for (const session of this.#sessions.keys()) session.check();
  }

  #countStrangers(): number {
    for (const session of this.#strangers) if (session.access) this.#strangers.delete(session);
    return this.#strangers.size;
  }

  #enter(address: string): void {
    const { perAddress } = this.#options.limits;
    const already = this.#perAddress.get(address) ?? 0;
    if (perAddress > 0 && already >= perAddress) {
      const detail = 'There are too many connections of this address. Behind a proxy, see TRUSTED_PROXY_HOPS.';
      throw this.#refused('address', detail, 5);
    }
    this.#perAddress.set(address, already + 1);
  }

  #leave(address: string): void {
    const left = (this.#perAddress.get(address) ?? 0) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }

  #refused(reason: Refusal, detail: string, retryAfterSeconds: number): Problem {
    this.#options.onRefused(reason);
    return new Problem(reason === 'address' ? 'too-many-requests' : 'unavailable', detail, { retryAfterSeconds });
  }
}
