import { posix } from 'node:path';
import { importLaw } from './imports.ts';
import type { Law } from './law.ts';
import { isProduct, isTest, placeOf, servicesIn } from './layout.ts';

/** What ships depends on packages only: never on another app, never on dev/, and a package never on an app. */
export const shippingDirections: Law = importLaw('shipping', () => ({ file, target }) => {
  if (target === undefined) return undefined;
  const [from, to] = [placeOf(file), placeOf(target)];
  if (from.unit === to.unit) return undefined;
  if (from.area === 'apps' && to.area === 'apps') {
    return 'apps never import each other; they meet over the wire, in the shapes of packages/contracts';
  }
  if (from.area === 'packages' && to.area === 'apps') {
    return 'packages never import apps; pass what is needed as an argument, or keep the code in the app';
  }
  const ships = from.area === 'apps' || from.area === 'packages';
  return ships && to.area === 'dev' && !isTest(file)
    ? 'what ships never imports dev/; use it from a test, or move what is needed into the app or a package'
    : undefined;
});

/** A package is entered by its name, so that its export map says what others may use. */
export const packageEntrances: Law = importLaw('entrances', () => ({ file, specifier, target }) => {
  if (/^(?:#|\/|file:|data:|https?:)/.test(specifier)) {
    return 'imports are node:, a package, @seaworthy/…, or relative with .ts; write it as one of these';
  }
  if (!specifier.startsWith('.') || target === undefined || placeOf(file).unit === placeOf(target).unit) {
    return undefined;
  }
  const name = placeOf(target).unit.split('/')[1];
  return name === undefined
    ? 'a package never reaches into the root by a path; keep the file in the package that needs it'
    : `no relative path crosses a package's boundary; import @seaworthy/${name}/… and declare it in package.json`;
});

/** What ships is read at build time: a name computed at run time is an autoload, and hides from these laws. */
export const noAutoload: Law = importLaw('autoload', () => ({ file, specifier }) => {
  if (specifier !== '(computed)' || !isProduct(file) || placeOf(file).area === 'dev') return undefined;
  return 'the name is computed at run time; write the imports out, as a list';
});

/** `contracts` is nothing but schemas: a browser or another language's generator can read it. */
export const contractsStandAlone: Law = importLaw('contracts', () => ({ file, specifier, target }) => {
  if (placeOf(file).unit !== 'packages/contracts' || !isProduct(file)) return undefined;
  const own = target !== undefined && placeOf(target).unit === 'packages/contracts';
  return own || /^typebox(?:\/|$)/.test(specifier)
    ? undefined
    : 'contracts imports typebox and its own files only; behaviour belongs into chassis or an app';
});

/** `chassis` would make sense in a service about pizza, so it uses no contract that is named after one of ours. */
export const chassisKnowsNoDomain: Law = importLaw('chassis', (files) => {
  const names = servicesIn(files).map((unit) => posix.basename(unit));
  return ({ file, target }) => {
    if (placeOf(file).unit !== 'packages/chassis' || !isProduct(file) || target === undefined) return undefined;
    const stem = posix.basename(target, '.ts');
    const owner = names.find((name) => stem.startsWith(name) || name.startsWith(stem));
    return owner && placeOf(target).unit === 'packages/contracts'
      ? `chassis knows no domain; what is about ${owner} belongs into apps/${owner}`
      : undefined;
  };
});
