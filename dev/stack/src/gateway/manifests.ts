import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HttpRoute, readHttpRoute } from './http-route.ts';

/**
 * Reads the HTTPRoute of every service, `<folder>/<service>/base/httproute.yaml`.
 * @throws Error when one of them is not understood
 */
export function readManifests(folder: string): HttpRoute[] {
  return readdirSync(folder)
    .map((service) => join(folder, service, 'base', 'httproute.yaml'))
    .filter((file) => existsSync(file))
    .map((file) => readHttpRoute(readFileSync(file, 'utf8'), file));
}
