import { type Node, type Program, Visitor } from 'oxc-parser';
import type { Law } from './law.ts';
import { isProduct, placeOf } from './layout.ts';
import { isSource, type SourceFile } from './sources.ts';
import { lineOf, nameOf, parse, propertyOf } from './syntax.ts';

const vague = new Set(['common', 'utils', 'shared', 'helpers', 'types', 'lib']);
const testFunctions = new Set(['it', 'test', 'describe', 'suite', 'bench']);

/** A file has content of its own: a barrel hides where things are and makes importing one thing load all. */
export const noBarrels: Law = (files) =>
  files
    .filter((file) => isSource(file.path) && isBarrel(parse(file)))
    .map(({ path: file }) => ({
      file,
      rule: 'barrel',
      why: 'only passes on exports; import from the files themselves',
    }));

/** A folder is named after what it talks to; a vague name collects what nobody places. */
export const noVagueFolders: Law = (files) =>
  files.flatMap(({ path: file }) => {
    const { unit, inside } = placeOf(file);
    const folders = [unit.split('/')[1], ...(inside.startsWith('src/') ? inside.split('/').slice(1, -1) : [])];
    const name = folders.find((folder) => folder !== undefined && vague.has(folder));
    if (name === undefined) return [];
    return [{ file, rule: 'folder', why: `a folder named ${name}/ says nothing; name it after what it talks to` }];
  });

/** One name for one thing: a default export gets a new name in every file that imports it. */
export const noDefaultExports: Law = (files) =>
  files
    .filter(({ path }) => isSource(path) && isProduct(path) && placeOf(path).inside.startsWith('src/'))
    .flatMap((file) =>
      report(file, 'default', 'exports a default; export it by name', (found) => ({
        ExportDefaultDeclaration: found,
        ExportSpecifier: (node) => nameOf(node.exported) === 'default' && found(node),
      })),
    );

/** A focused test silently switches all others off. */
export const noFocusedTests: Law = (files) =>
  files
    .filter(({ path }) => isSource(path))
    .flatMap((file) =>
      report(file, 'focus', 'runs only this test and skips the rest; take .only away', (found) => ({
        MemberExpression: (node) => propertyOf(node) === 'only' && testFunctions.has(leftmost(node)) && found(node),
      })),
    );

type Visitors = ConstructorParameters<typeof Visitor>[0];

function report(file: SourceFile, rule: string, why: string, visitors: (found: (node: Node) => void) => Visitors) {
  const lines: number[] = [];
  new Visitor(visitors((node) => lines.push(lineOf(file, node)))).visit(parse(file));
  return lines.map((line) => ({ file: file.path, line, rule, why }));
}

function isBarrel({ body }: Program): boolean {
  const passesOn = (node: Node) =>
    node.type === 'ExportAllDeclaration' ||
    (node.type === 'ExportNamedDeclaration' && node.declaration === null && node.specifiers.length > 0);
  return body.some(passesOn) && body.every((node) => passesOn(node) || node.type === 'ImportDeclaration');
}

function leftmost(node: Node): string {
  if (node.type === 'MemberExpression') return leftmost(node.object);
  if (node.type === 'CallExpression') return leftmost(node.callee);
  return node.type === 'Identifier' ? node.name : '';
}
