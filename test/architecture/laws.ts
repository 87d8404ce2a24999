import {
  chassisKnowsNoDomain,
  contractsStandAlone,
  noAutoload,
  packageEntrances,
  shippingDirections,
} from './boundaries.ts';
import { environmentAtTheRoot } from './environment.ts';
import { noBarrels, noDefaultExports, noFocusedTests, noVagueFolders } from './habits.ts';
import { appIsTheTop, rootsStayAlone, serviceDirections } from './imports.ts';
import type { Law } from './law.ts';
import { mostFilesAreShort, noLongFiles, servicesLookAlike } from './shape.ts';

/** All laws of the house, by what they say. */
export const laws: Record<string, Law> = {
  'imports of a service go root -> app -> transport -> domain <- adapter': serviceDirections,
  'roots are imported by nobody': rootsStayAlone,
  'app.ts is imported by roots, tests and dev programs only': appIsTheTop,
  'what ships depends on packages only': shippingDirections,
  'packages are entered by their name': packageEntrances,
  'what ships is imported by a literal name': noAutoload,
  'contracts imports typebox and nothing else': contractsStandAlone,
  'chassis knows no domain': chassisKnowsNoDomain,
  'process.env is read by roots and chassis only': environmentAtTheRoot,
  'no file is too long': noLongFiles,
  'most files are short': mostFilesAreShort,
  'no file is a barrel': noBarrels,
  'no folder has a vague name': noVagueFolders,
  'nothing is exported as default': noDefaultExports,
  'no test is focused': noFocusedTests,
  'every service has the same four names and a README': servicesLookAlike,
};
