import { type Node, type Program, parseSync, Visitor } from 'oxc-parser';
import type { SourceFile } from './sources.ts';

/** One import, re-export, `import()` or `import('…').Type`; no specifier means that it is computed at run time. */
export type ImportSite = { line: number; specifier: string | undefined };

const programs = new WeakMap<SourceFile, Program>();

/** Parses a file once. A file that does not parse throws, since no law could say anything about it. */
export function parse(file: SourceFile): Program {
  const known = programs.get(file);
  if (known) return known;
  const { program, errors } = parseSync(file.path, file.text);
  if (errors[0]) throw new SyntaxError(`${file.path}: ${errors[0].message}`);
  programs.set(file, program);
  return program;
}

/**
 * Everything that a file imports, types included. The walk is over the tree and not the parser's module record,
 * because the record leaves out `import('…').Type`.
 */
export function importsOf(file: SourceFile): ImportSite[] {
  const sites: ImportSite[] = [];
  const add = (node: Node, specifier: string | undefined) => sites.push({ line: lineOf(file, node), specifier });
  new Visitor({
    ImportDeclaration: (node) => add(node, node.source.value),
    ExportAllDeclaration: (node) => add(node, node.source.value),
    ExportNamedDeclaration: (node) => node.source && add(node, node.source.value),
    ImportExpression: (node) => add(node, stringOf(node.source)),
    TSImportType: (node) => add(node, node.source.value),
  }).visit(parse(file));
  return sites;
}

/** The line, counted from 1, on which a node of the file begins. */
export function lineOf(file: SourceFile, node: Node): number {
  return file.text.slice(0, node.start).split('\n').length;
}

/** The property that a member expression reads, in both spellings: `a.b` and `a['b']`. */
export function propertyOf(node: Node): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  if (node.computed) return stringOf(node.property);
  return node.property.type === 'Identifier' ? node.property.name : undefined;
}

/** The name under which a specifier imports or exports. */
export function nameOf(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : stringOf(node);
}

function stringOf(node: Node): string | undefined {
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.raw;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
