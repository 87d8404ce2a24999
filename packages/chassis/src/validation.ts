import type { Fault } from '@seaworthy/contracts/problem';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { readTextValues } from './text-values.ts';

/** A validator's error, as TypeBox and Ajv both report it. */
export interface SchemaError {
  keyword: string;
  schemaPath?: string | undefined;
  instancePath: string;
  message?: string | undefined;
  params?: Record<string, unknown> | undefined;
}

// TypeBox stops at 8 errors; people mend all of their settings at once.
Settings.Set({ maxErrors: 100 });

const longestName = 100;
// What is wrong with a field's name is told of the object that has it: at the field it would seem to be about its value.
const aboutName = /(?<!\/properties)\/propertyNames\b/;

/** Compiles route schemas: bodies are checked as they came, texts (query, path, headers) are read first. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  return (input: unknown) => {
    const value = httpPart === 'body' ? input : readTextValues(schema, input as Record<string, unknown>);
    return validator.Check(value) ? { value } : { error: validator.Errors(value) };
  };
};

/** Translates schema errors into faults, one for each field that is wrong. */
export function faultsOf(errors: readonly SchemaError[]): Fault[] {
  const faults = errors.filter(({ schemaPath = '' }) => !aboutName.test(schemaPath)).flatMap(faultsOfOne);
  const firstPerPointer = new Map(faults.reverse().map((fault) => [fault.pointer, fault]));
  return [...firstPerPointer.values()].reverse();
}

function faultsOfOne({ keyword, instancePath, params = {}, message = 'is not valid' }: SchemaError): Fault[] {
  switch (keyword) {
    case 'boolean': // `false` stands where no further field may
      return [{ pointer: instancePath.slice(0, longestName), code: 'unknown-field', detail: 'is not a known field' }];
    case 'propertyNames':
      return [{ pointer: instancePath, code: 'field-name', detail: 'has a field with a name that is not allowed' }];
    case 'additionalProperties': // says the same again for the whole object
      return [];
    case 'required':
      return names(params['requiredProperties']).map((name) => fault(instancePath, name, 'required', 'is missing'));
    case 'enum':
      return [
        { pointer: instancePath, code: 'enum', detail: `must be one of ${names(params['allowedValues']).join(', ')}` },
      ];
    default:
      return [{ pointer: instancePath.slice(0, longestName), code: keyword, detail: message }];
  }
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function fault(parent: string, name: string, code: string, detail: string): Fault {
  const escaped = name.slice(0, longestName).replaceAll('~', '~0').replaceAll('/', '~1');
  return { pointer: `${parent}/${escaped}`, code, detail };
}
