import type { Application } from '../seed.ts';
import type { State } from '../state.ts';
import { EntraError } from './entra-error.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const DEFAULT_SUFFIX = '/.default';

/** MSAL for Go adds these to every request; they mean nothing where no user signs in. */
const OPENID_SCOPES = ['openid', 'offline_access', 'profile', 'email'];

interface TokenRequest {
  readonly application: Application;
  readonly assertion: string;
  /** The scope without its `/.default`, as the token's `aud` repeats it. */
  readonly resource: string;
  /** Such as `cp1`: what the client says that it understands. */
  readonly capabilities: readonly string[];
}

/**
 * Reads the client credentials form with a JWT bearer assertion (RFC 7523), the only one there is here.
 * Throws an EntraError for anything else.
 */
export function parseTokenRequest(form: URLSearchParams, state: State): TokenRequest {
  const grant = required(form, 'grant_type');
  if (grant !== 'client_credentials') {
    throw new EntraError('unsupportedGrant', `The app requested an unsupported grant type '${grant}'.`);
  }
  const clientId = required(form, 'client_id');
  const scope = required(form, 'scope');
  const application = state.application(clientId);
  if (application === undefined) {
    const directory = `was not found in the directory '${state.tenant.displayName}'.`;
    throw new EntraError('unknownApplication', `Application with identifier '${clientId}' ${directory}`);
  }
  const assertion = assertionOf(form, application);
  return { application, assertion, resource: resourceOf(scope, state), capabilities: capabilitiesOf(form) };
}

/** Reads `xms_cc` of the claims request (OpenID Connect Core, 5.5). Its other claims are about users and devices. */
function capabilitiesOf(form: URLSearchParams): string[] {
  const claims = form.get('claims');
  if (!claims) return [];
  try {
    const { access_token: wanted } = JSON.parse(claims) as { access_token?: { xms_cc?: { values?: unknown } } };
    return [wanted?.xms_cc?.values ?? []].flat().filter((value) => typeof value === 'string');
  } catch {
    throw new EntraError('malformedRequest', "Invalid request. The 'claims' parameter is not valid JSON.");
  }
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new EntraError('missingParameter', `The request body must contain the following parameter: '${name}'.`);
}

function assertionOf(form: URLSearchParams, application: Application): string {
  if (!form.get('client_assertion')) {
    if (form.get('client_secret')) {
      throw new EntraError('wrongSecret', `Invalid client secret provided for app '${application.clientId}'.`);
    }
    const wanted = "'client_assertion', 'client_secret' or 'request' is required";
    throw new EntraError('missingCredential', `${wanted} for the 'client_credentials' grant type.`);
  }
  if (required(form, 'client_assertion_type') !== ASSERTION_TYPE) {
    throw new EntraError('malformedRequest', "Invalid request. 'client_assertion_type' is not a known type.");
  }
  return required(form, 'client_assertion');
}

function resourceOf(given: string, state: State): string {
  const [scope = '', ...others] = given.split(/\s+/).filter((each) => !OPENID_SCOPES.includes(each));
  if (others.length > 0) {
    throw new EntraError('malformedScope', `The provided value for scope '${given}' is not valid.`);
  }
  if (!scope.endsWith(DEFAULT_SUFFIX) || scope === DEFAULT_SUFFIX) {
    const rule = 'Client credential flows must have a scope value with /.default suffixed to the resource identifier.';
    throw new EntraError('scopeNotDefault', `The provided value for scope '${given}' is not valid. ${rule}`);
  }
  const resource = scope.slice(0, -DEFAULT_SUFFIX.length);
  if (!state.isResource(resource)) {
    const tenant = `in the tenant named '${state.tenant.displayName}'`;
    throw new EntraError('unknownResource', `The resource principal named '${resource}' was not found ${tenant}.`);
  }
  return resource;
}
