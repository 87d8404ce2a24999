import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
const grammar = readFileSync(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'));
await Parser.init();
const parser = new Parser().setLanguage(await Language.load(grammar));

/** Something wrong in a template. */
export class BicepError extends Error {
  readonly line: number;

  constructor(node: Node, message: string) {
    super(message);
    this.line = node.startPosition.row + 1;
  }
}

/**
 * Reads a template, or the parameters of an environment.
 * @throws BicepError where it does not parse
 */
export function parseBicep(text: string): Node {
  // The grammar knows no files of parameters; theirs look like variables, and `using` is read apart.
  const known = text.replace(/^using .*$/m, '').replace(/^param (\w+) =/gm, 'var   $1 =');
  const tree = parser.parse(known);
  if (!tree) throw new Error('the parser gave up');
  const wrong = firstError(tree.rootNode);
  if (wrong) throw new BicepError(wrong, `does not parse: ${wrong.text.slice(0, 40).split('\n')[0]}`);
  return tree.rootNode;
}

/** The children that mean something: no brackets, no comments. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter((child) => child.type !== 'comment' && child.type !== 'diagnostic_comment');
}

/** The child in a role; the grammar promises it. */
export function part(node: Node, role: string): Node {
  const child = node.childForFieldName(role);
  if (!child) throw new BicepError(node, `has no ${role}`);
  return child;
}

function firstError(node: Node): Node | undefined {
  if (node.isError || node.isMissing) return node;
  if (!node.hasError) return undefined;
  for (const child of node.children) {
    const wrong = firstError(child);
    if (wrong) return wrong;
  }
  return undefined;
}
