import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { faultsOf } from '../src/validation.ts';

const Toppings = Type.Record(Type.String(), Type.Integer(), { propertyNames: { pattern: '^[a-z]+$' } });
const Pizza = Type.Object({ toppings: Toppings, propertyNames: Type.Optional(Type.Integer()) });

const pointersOf = (value: unknown) =>
  faultsOf(Compile(Pizza).Errors(value)).map(({ pointer, code }) => `${pointer} ${code}`);

test('a name that is not allowed is a fault of the object, once, and not of its value', () => {
  expect(pointersOf({ toppings: { 'B\u0000': 1, 'C D': 2, basil: 3 } })).toEqual(['/toppings field-name']);
});

test('a wrong value is a fault of its field', () => {
  expect(pointersOf({ toppings: { basil: 'x' } })).toEqual(['/toppings/basil type']);
});

test('a field that happens to be called propertyNames has faults like any other', () => {
  expect(pointersOf({ toppings: {}, propertyNames: 'x' })).toEqual(['/propertyNames type']);
});
