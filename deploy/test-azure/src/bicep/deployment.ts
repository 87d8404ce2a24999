import { posix } from 'node:path';
import type { Node } from 'web-tree-sitter';
import type { Files } from '../files.ts';
import { textOf } from '../files.ts';
import { evaluate, loop, type Scope } from './expression.ts';
import { asValue, type Resource } from './resource.ts';
import { BicepError, part, parts } from './syntax.ts';
import { type Declaration, readTemplate, type Template } from './template.ts';
import type { Value } from './values.ts';

/** What a deployment comes to. */
export interface Deployment {
  resources: Resource[];
  outputs: Record<string, Value>;
  /** What is wrong, by the template that it is in. */
  errors: { file: string; line: number; why: string }[];
}

interface Work {
  files: Files;
  template: Template;
  params: Record<string, Value>;
  into: Deployment;
  known: Map<string, () => Value>;
}

/** Evaluates a template and all its modules, as Azure would before it knows anything. */
export function deploy(files: Files, path: string, params: Record<string, Value>): Deployment {
  const into: Deployment = { resources: [], outputs: {}, errors: [] };
  deployInto(files, path, { params, into });
  return into;
}

function deployInto(files: Files, path: string, { params, into }: { params: Record<string, Value>; into: Deployment }) {
  const note = (error: unknown) => {
    const line = error instanceof BicepError ? error.line : 1;
    into.errors.push({ file: path, line, why: (error as Error).message });
  };
  const outputs: Record<string, Value> = {};
  try {
    const work: Work = { files, template: readTemplate(path, textOf(files, path)), params, into, known: new Map() };
    for (const each of work.template.declarations) if (each.kind !== 'output') define(work, each);
    for (const each of work.template.declarations) {
      try {
        if (each.kind === 'output') outputs[each.name] = evaluate(definitionOf(each), scopeOf(work));
        else work.known.get(each.name)?.();
      } catch (error) {
        note(error);
      }
    }
  } catch (error) {
    note(error);
  }
  into.outputs = outputs;
  return outputs;
}

function define(work: Work, declaration: Declaration): void {
  let value: { is: Value } | undefined;
  let isAsked = false;
  work.known.set(declaration.name, () => {
    if (value) return value.is;
    if (isAsked) throw new BicepError(declaration.node, `${declaration.name} needs itself`);
    isAsked = true;
    value = { is: meaning(work, declaration) };
    return value.is;
  });
}

function meaning(work: Work, declaration: Declaration): Value {
  const { kind, name, node } = declaration;
  if (kind === 'var') return evaluate(definitionOf(declaration), scopeOf(work));
  if (kind === 'param') {
    if (name in work.params) return work.params[name];
    if (declaration.value) return evaluate(declaration.value, scopeOf(work));
    throw new BicepError(node, `param ${name} is given by nobody`);
  }
  return each(work, declaration, kind === 'resource' ? resource : module);
}

/** Once, for each turn of a loop, or not at all. */
function each(work: Work, declaration: Declaration, act: (work: Work, declaration: Declaration, turn: Turn) => Value) {
  const value = definitionOf(declaration);
  if (value.type === 'for_statement')
    return loop(value, scopeOf(work)).map((scope) => act(work, declaration, { body: part(value, 'body'), scope }));
  if (value.type !== 'if_statement') return act(work, declaration, { body: value, scope: scopeOf(work) });
  const [condition, body] = parts(value);
  if (!condition || !body) throw new BicepError(value, 'is no condition');
  return evaluate(condition, scopeOf(work)) ? act(work, declaration, { body, scope: scopeOf(work) }) : null;
}

interface Turn {
  body: Node;
  scope: Scope;
}

function resource({ template, into }: Work, declaration: Declaration, { body, scope }: Turn): Value {
  const evaluated = evaluate(body, scope);
  const [type = '', version = ''] = (declaration.of ?? '').split('@');
  if (typeof evaluated.name !== 'string') throw new BicepError(declaration.node, `${declaration.name} has no name`);
  const name = evaluated.parent ? `${evaluated.parent.fullName}/${evaluated.name}` : evaluated.name;
  const { isExisting, name: symbol } = declaration;
  const line = declaration.node.startPosition.row + 1;
  const found: Resource = { file: template.path, line, symbol, type, version, name, isExisting, body: evaluated };
  into.resources.push(found);
  return asValue(found);
}

function module({ files, template, into }: Work, declaration: Declaration, { body, scope }: Turn): Value {
  const { params = {}, name, ...rest } = evaluate(body, scope);
  if (typeof name !== 'string') throw new BicepError(declaration.node, `${declaration.name} has no name`);
  const unknown = Object.keys(rest).find((key) => key !== 'scope' && key !== 'dependsOn');
  if (unknown) throw new BicepError(declaration.node, `modules have no ${unknown}`);
  const path = posix.join(posix.dirname(template.path), declaration.of ?? '');
  const target = readTemplate(path, textOf(files, path));
  const declared = target.declarations.filter(({ kind }) => kind === 'param');
  const strange = Object.keys(params).find((key) => !declared.some((param) => param.name === key));
  if (strange) throw new BicepError(declaration.node, `${path} has no param ${strange}`);
  const missing = declared.find((param) => !(param.name in params) && !param.value);
  if (missing) throw new BicepError(declaration.node, `${path} needs a param ${missing.name}`);
  return { outputs: deployInto(files, path, { params, into }), name };
}

function scopeOf({ files, template, known }: Work): Scope {
  return {
    lookUp(name) {
      const find = known.get(name);
      if (!find) throw new Error(`${name} is declared nowhere`);
      return find();
    },
    readFile: (path) => textOf(files, posix.join(posix.dirname(template.path), path)),
  };
}

function definitionOf({ value, node, name }: Declaration): Node {
  if (!value) throw new BicepError(node, `${name} has no value`);
  return value;
}
