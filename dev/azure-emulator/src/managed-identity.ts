import type { Application } from './seed.ts';
import type { State } from './state.ts';

/** The ways to name an identity in a request for a token. */
interface IdentityChoice {
  readonly clientId?: string | undefined;
  readonly objectId?: string | undefined;
  readonly resourceId?: string | undefined;
}

type IdentityLookup =
  | { readonly kind: 'found'; readonly identity: Application }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous' };

/**
 * Finds the identity among those attached to the machine: all that have a resource id.
 * A request that names none gets the default identity, or the only one.
 */
export function findIdentity(state: State, choice: IdentityChoice): IdentityLookup {
  const attached = state.applications.filter((application) => application.resourceId !== undefined);
  const named = [choice.clientId, choice.objectId, choice.resourceId].some((value) => value !== undefined);
  const candidates = named ? attached.filter((each) => matches(each, choice)) : defaults(state, attached);
  const [identity, another] = candidates;
  if (identity === undefined) return { kind: 'unknown' };
  return another === undefined ? { kind: 'found', identity } : { kind: 'ambiguous' };
}

function matches(application: Application, { clientId, objectId, resourceId }: IdentityChoice): boolean {
  const same = (wanted: string | undefined, actual: string | undefined) =>
    wanted === undefined || wanted.toLowerCase() === actual?.toLowerCase();
  return (
    same(clientId, application.clientId) &&
    same(objectId, application.objectId) &&
    same(resourceId, application.resourceId)
  );
}

function defaults({ seed }: State, attached: readonly Application[]): readonly Application[] {
  if (seed.defaultIdentity === undefined) return attached;
  return attached.filter((application) => application.clientId === seed.defaultIdentity);
}
