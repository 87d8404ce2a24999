import type { FastifyRequest } from 'fastify';
import { ArmError } from './arm-error.ts';
import { queryValue } from './http-app.ts';

/** The api-version of the request, one of those supported. Throws an ArmError if it is missing or another. */
export function requireApiVersion(request: FastifyRequest, supported: readonly string[]): string {
  const version = queryValue(request, 'api-version');
  if (!version) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw new ArmError('MissingApiVersionParameter', message);
  }
  if (!supported.includes(version.toLowerCase())) {
    const message = `The api-version '${version}' is invalid. The supported versions are '${supported.join(',')}'.`;
    throw new ArmError('InvalidApiVersionParameter', message);
  }
  return version;
}
