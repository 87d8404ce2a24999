import { type Node, Visitor } from 'oxc-parser';
import type { Law } from './law.ts';
import { isProduct, isRoot, placeOf } from './layout.ts';
import { isSource, type SourceFile } from './sources.ts';
import { lineOf, nameOf, parse, propertyOf } from './syntax.ts';

/** The environment is read once, at the root; `chassis` is where the reading is written. */
export const environmentAtTheRoot: Law = (files) =>
  files
    .filter(
      ({ path }) => isSource(path) && isProduct(path) && !isRoot(path) && placeOf(path).unit !== 'packages/chassis',
    )
    .flatMap((file) =>
      readsOf(file).map((line) => ({
        file: file.path,
        line,
        rule: 'environment',
        why: 'process.env is read in main.ts only; take the setting as an argument',
      })),
    );

function readsOf(file: SourceFile): number[] {
  const lines: number[] = [];
  const aliases = new Set(['process']);
  const found = (node: Node) => lines.push(lineOf(file, node));
  const isProcess = (node: Node) =>
    node.type === 'Identifier' ? aliases.has(node.name) : propertyOf(node) === 'process';
  new Visitor({
    ImportDeclaration({ source, specifiers }) {
      if (!/^(?:node:)?process$/.test(source.value)) return;
      for (const part of specifiers) {
        if (part.type !== 'ImportSpecifier') aliases.add(part.local.name);
        else if (nameOf(part.imported) === 'env') found(part);
      }
    },
    MemberExpression(node) {
      if (propertyOf(node) === 'env' && isProcess(node.object)) found(node);
    },
    VariableDeclarator({ id, init }) {
      if (id.type !== 'ObjectPattern' || !init || !isProcess(init)) return;
      for (const part of id.properties) if (part.type === 'Property' && nameOf(part.key) === 'env') found(part);
    },
  }).visit(parse(file));
  return lines;
}
