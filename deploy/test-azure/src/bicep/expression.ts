import type { Node } from 'web-tree-sitter';
import { functions } from './functions.ts';
import { BicepError, part, parts } from './syntax.ts';
import { isLater, later, type Value } from './values.ts';

/** What names mean, and where files are read from. */
export interface Scope {
  lookUp(name: string): Value;
  readFile(path: string): string;
}

type Evaluator = (node: Node, scope: Scope) => Value;

const evaluators: Readonly<Record<string, Evaluator>> = {
  array: (node, scope) => parts(node).map((each) => evaluate(each, scope)),
  binary_expression: binary,
  boolean: (node) => node.text === 'true',
  call_expression: call,
  for_statement: (node, scope) => loop(node, scope).map((each) => evaluate(part(node, 'body'), each)),
  identifier: (node, scope) => named(node, () => scope.lookUp(node.text)),
  lambda_expression: lambda,
  member_expression: (node, scope) => member(node, evaluate(part(node, 'object'), scope), part(node, 'property').text),
  null: () => null,
  number: (node) => Number(node.text),
  object: (node, scope) => Object.fromEntries(parts(node).map((each) => property(each, scope))),
  parenthesized_expression: (node, scope) => evaluate(parts(node)[0] ?? node, scope),
  string: (node, scope) => node.namedChildren.map((each) => piece(each, scope)).join(''),
  subscript_expression: (node, scope) =>
    member(node, evaluate(part(node, 'object'), scope), evaluate(part(node, 'index'), scope)),
  ternary_expression: (node, scope) =>
    evaluate(part(node, evaluate(part(node, 'condition'), scope) ? 'consequence' : 'alternative'), scope),
  unary_expression: (node, scope) => !evaluate(part(node, 'argument'), scope),
};

/**
 * What an expression comes to.
 * @throws BicepError where a name, a function or a property is not there
 */
export function evaluate(node: Node, scope: Scope): Value {
  const evaluator = evaluators[node.type];
  if (!evaluator) throw new BicepError(node, `${node.type} is outside of the subset that is checked`);
  return evaluator(node, scope);
}

/** A scope for each turn of a loop, with its variables. */
export function loop(node: Node, scope: Scope): Scope[] {
  const [names, list] = parts(node);
  if (!names || !list) throw new BicepError(node, 'is no loop');
  const [item = names.text, index] = parts(names).map((each) => each.text);
  const all = evaluate(list, scope);
  if (!Array.isArray(all)) throw new BicepError(list, `${list.text} is no list that is known beforehand`);
  return all.map((value, i) => inner(scope, { [item]: value, ...(index && { [index]: i }) }));
}

function inner(scope: Scope, names: Record<string, Value>): Scope {
  return { ...scope, lookUp: (name) => (name in names ? names[name] : scope.lookUp(name)) };
}

function lambda(node: Node, scope: Scope) {
  const [name, body] = parts(node);
  if (!name || !body) throw new BicepError(node, 'is no lambda');
  return (value: Value) => evaluate(body, inner(scope, { [name.text]: value }));
}

function property(node: Node, scope: Scope): [string, Value] {
  const [key, value] = parts(node);
  if (!key || !value) throw new BicepError(node, 'is no property');
  return [key.type === 'string' ? evaluate(key, scope) : key.text, evaluate(value, scope)];
}

function piece(node: Node, scope: Scope): string {
  if (node.type === 'interpolation') return String(evaluate(parts(node)[0] ?? node, scope));
  return node.type === 'escape_sequence' ? node.text.slice(1) : node.text;
}

function binary(node: Node, scope: Scope): Value {
  const left = evaluate(part(node, 'left'), scope);
  const right = () => evaluate(part(node, 'right'), scope);
  const operator = part(node, 'operator').text;
  if (operator === '==') return left === right();
  if (operator === '!=') return left !== right();
  if (operator === '&&') return left && right();
  if (operator === '||') return left || right();
  throw new BicepError(node, `${operator} is outside of the subset that is checked`);
}

function call(node: Node, scope: Scope): Value {
  const callee = part(node, 'function');
  // A resource's own, as listKeys: Azure's answer.
  if (callee.type === 'member_expression') {
    evaluate(part(callee, 'object'), scope);
    return later(node.text);
  }
  const args = parts(part(node, 'arguments')).map((each) => evaluate(each, scope));
  if (callee.text === 'loadTextContent') return named(node, () => scope.readFile(args[0]));
  if (callee.text === 'loadJsonContent') return named(node, () => JSON.parse(scope.readFile(args[0])));
  const known = functions[callee.text];
  if (!known) throw new BicepError(node, `${callee.text} is no function that is known`);
  return named(node, () => known(...args));
}

function member(node: Node, object: Value, name: string | number): Value {
  if (isLater(object)) return later(`${object.slice(1, -1)}.${name}`);
  if (object === null || typeof object !== 'object') throw new BicepError(node, `there is no ${name} in it`);
  if (name in object) return object[name];
  // A deployed resource has more than was asked for.
  if (object.isResource) return later(`${object.called}.${name}`);
  if (object.ofResource) return later(`${object.ofResource}.${name}`);
  throw new BicepError(node, `${node.text}: there is no ${name} in it`);
}

function named<T>(node: Node, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof BicepError ? error : new BicepError(node, (error as Error).message);
  }
}
